"""How lists call their columns, in Spanish, English and Portuguese.

One word may be a heading of several fields ("nombre" of a person or of a school): the kind of list decides.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from tejido.foundation.tables.plain import plain

Kind = Literal["people", "schools", "memberships", "attendance", "register", "ties", "gatherings"]

PERSON_HEADINGS = {
    "full_name": """nombre completo|nombres y apellidos|apellidos y nombres|nombre y apellido|apellido y nombre|
        nombre y apellidos|apellidos nombres|apellidos, nombres|nombre docente|nombre del docente|docente|profesor|
        profesora|profesor a|maestro|maestra|participante|nombre del participante|asistente|nombre|persona|integrante|
        miembro|congresista|alumno|estudiante|nombre de la persona|nombre del profesor|nombre integrante|full name|name|
        teacher|teacher name|participant|participant name|attendee|person|member|person name|nome completo|nome|
        professor a|nome do professor|nome do participante|cursista|educador|educadora|membro|pessoa|nombre del maestro""",
    "given_names": """nombres|primer nombre|nombre de pila|nombre 1|first name|firstname|given name|given names|forename|
        forenames|first names|primeiro nome|prenome|nombres del docente|nombre s""",
    "given_names_2": "segundo nombre|otros nombres|nombre 2|middle name|middle names|second name|segundo nome",
    "family_names": """apellidos|apellido|primer apellido|apellido paterno|apellido 1|last name|lastname|surname|
        surnames|family name|family names|sobrenome|sobrenomes|ultimo nome|apellido s|apellidos del docente""",
    "family_names_2": "segundo apellido|apellido materno|apellido 2|second surname|second last name|segundo sobrenome",
    "list_code": """codigo|id|codigo persona|id persona|id docente|codigo docente|numero|documento|cedula|cc|dni|rut|run|
        cpf|matricula|no documento|numero de documento|numero documento|numero de identificacion|identificacion|
        documento de identidad|cedula de ciudadania|nuip|curp|id number|person id|teacher id|member id|staff id|
        employee id|code|nro documento|n documento|doc|uid|user id|person|participant id|codigo del docente|
        no identificacion|nº documento|num documento|registro funcional|masp|siape|cedula o nit""",
    "email": """correo|correo electronico|e mail|email|mail|correo e|email address|e mail address|direccion de correo|
        direccion de correo electronico|correo institucional|correo personal|endereco de email|endereco de e mail|
        correio eletronico|correo electronico institucional|correo electronico personal|e mail institucional""",
    "phone": """telefono|celular|movil|telefono celular|numero de telefono|numero de celular|telefono movil|whatsapp|
        phone|phone number|mobile|mobile phone|cell|cell phone|telephone|telefone|telemovel|numero de whatsapp|fone|
        tel|contacto|cel|telefone celular|no celular|telefono de contacto|numero celular""",
    "school_code": """codigo del colegio|codigo colegio|codigo institucion|codigo ie|dane|codigo dane|dane ie|
        codigo escuela|rbd|codigo del centro|codigo centro|school code|school id|urn|codigo da escola|inep|
        codigo inep|cod escola|clave|cct|clave del centro|codigo modular|cod dane|dane sede|codigo establecimiento|
        codigo de la institucion|id colegio|id escuela|codigo del establecimiento|dane institucion|codigo da unidade""",
    "school_name": """colegio|escuela|institucion|institucion educativa|ie|i e|centro|centro educativo|establecimiento|
        establecimiento educacional|establecimiento educativo|nombre del colegio|nombre colegio|nombre de la institucion|
        nombre institucion|liceo|jardin|jardin infantil|sede|nombre de la escuela|nombre escuela|nombre sede|plantel|
        school|school name|institution|workplace|escola|nome da escola|unidade escolar|instituicao|unidade|
        nombre de la institucion educativa|colegio o institucion|donde trabaja|lugar de trabajo|nombre del centro""",
    "organisation": "organizacion|entidad|organisation|organization|organizacao|empresa|secretaria|universidad|university",
    "function": """cargo|funcion|rol en el colegio|puesto|position|job title|post|funcao|ocupacion|title|
        cargo actual|job|cargo o funcion|papel na escola|tipo de docente|perfil""",
    "subject": """asignatura|materia|area|disciplina|subject|subjects|area que ensena|asignatura que dicta|especialidad|
        subject area|area de desempeno|componente curricular|asignaturas|area de ensenanza|materias""",
    "level": """nivel|grado|grados|ciclo|nivel educativo|nivel de ensenanza|level|grade|grades|grade level|serie|etapa|
        nivel en que ensena|phase|nivel de ensino""",
    "district": """localidad|distrito|comuna|municipio|zona|district|local authority|municipality|municipio de residencia|
        ciudad|city|regiao|bairro|localidade|sector territorial|provincia|departamento|region|territorio|territory|borough""",
    "sector": "sector|tipo de colegio|dependencia|rede|caracter|naturaleza|school type|setor|rede de ensino|clase de colegio",
    "gender": "genero|sexo|gender|sex|identidad de genero|identidade de genero|gender identity",
    "origin": """pueblo originario|pueblo indigena|etnia|grupo etnico|pertenencia etnica|autorreconocimiento etnico|ethnicity|
        ethnic group|comunidad de origen|origen etnico|povo originario|povo indigena|raca|cor raca|raca cor|grupo etnico racial""",
    "first_language": """lengua materna|primera lengua|idioma materno|lengua propia|first language|mother tongue|
        home language|lingua materna|primeira lingua""",
    "disability": """discapacidad|tiene discapacidad|condicion de discapacidad|disability|deficiencia|
        pessoa com deficiencia|pcd|situacion de discapacidad""",
    "teaching_since": """ano de ingreso|docente desde|ano de inicio|teaching since|year started teaching|
        ensina desde|ano de inicio como docente|docente desde el ano""",
    "consent_contact": """consentimiento contacto|consentimiento de contacto|autoriza contacto|autoriza ser contactado|
        autoriza compartir contacto|autoriza compartir sus datos de contacto|comparte contacto|consent contact|contact consent|
        may be contacted|share contact|consentimento contato|consentimento de contato|autoriza contato|compartilha contato""",
    "consent_analytics": """consentimiento analisis|consentimiento de analisis|autoriza analisis|consentimiento analitica|
        autoriza analitica|consentimiento estadisticas|autoriza estadisticas|autoriza aparecer en la red|consent analytics|
        analytics consent|consent analysis|consentimento analise|consentimento de analise|autoriza analise|
        consentimento analitica""",
    "consent_photograph": """consentimiento fotos|consentimiento fotografia|consentimiento fotografias|consentimiento de imagen|
        consentimiento imagen|uso de imagen|autoriza uso de imagen|autoriza uso de la imagen|autoriza fotos|autoriza fotografia|
        autoriza fotografias|autorizacion de imagen|autorizacion de uso de imagen|derechos de imagen|consent photograph|
        consent photographs|consent photos|photo consent|photograph consent|consentimento imagem|consentimento de imagem|
        uso de imagem|autoriza imagem|autoriza uso de imagem|autoriza fotos e videos|consentimento fotos|consentimento fotografia""",
    "consent_publication": """consentimiento publicacion|consentimiento de publicacion|autoriza publicacion|
        autoriza publicar|autoriza publicar su nombre|autoriza publicar el nombre|publicar nombre|consent publication|
        publication consent|consent to publish|consentimento publicacao|consentimento de publicacao|autoriza publicacao|
        autoriza publicar o nome""",
    "consent_research": """consentimiento investigacion|consentimiento de investigacion|autoriza investigacion|
        autoriza uso en investigacion|consentimiento informado|consentimiento informado investigacion|participa en investigacion|
        consent research|research consent|consent for research|consentimento pesquisa|consentimento de pesquisa|
        autoriza pesquisa|termo de consentimento livre e esclarecido|tcle""",
    "consent_on": """fecha de consentimiento|fecha consentimiento|fecha del consentimiento|fecha de los consentimientos|
        fecha de autorizacion|fecha autorizacion|fecha de firma|fecha firma|consent date|date of consent|consented on|
        data do consentimento|data consentimento|data da autorizacao|data de assinatura""",
    "consent": """consentimiento|autoriza|autoriza uso de datos|autorizacion de datos|tratamiento de datos|consent|
        data consent|consentimento|autoriza tratamiento de datos|habeas data|autoriza el tratamiento de datos personales""",
}
MEMBERSHIP_HEADINGS = {
    "community": """comunidad|nodo|red|grupo|nombre del nodo|nombre de la red|community|node|network|group|comunidade|
        rede|nucleo|comision|commission|team|equipo""",
    "role": """rol|papel|rol en la red|rol en el nodo|role|role in the network|papel na rede|tipo de vinculacion|
        tipo de miembro|tipo de participacion|participation|membership role|funcion en la red""",
    "starts_on": """desde|fecha de ingreso|fecha ingreso|ingreso|fecha de vinculacion|fecha de inicio|inicio|joined|
        joined on|start|start date|since|from|data de ingresso|data de entrada|data de inicio|miembro desde|
        member since|fecha de inscripcion|fecha inicio""",
    "ends_on": """hasta|fecha de salida|fecha de retiro|retiro|fin|fecha fin|left|left on|end|end date|until|to|
        data de saida|saida|fecha de fin|fecha final|fecha retiro""",
    "end_reason": """motivo|motivo de retiro|motivo de salida|razon|razon de retiro|reason|reason for leaving|
        end reason|motivo da saida|motivo retiro|causa de retiro""",
}
GATHERING_HEADINGS = {
    "gathering_id": """id encuentro|id reunion|id evento|codigo encuentro|gathering id|event id|meeting id|session id|
        codigo evento|gathering|id sesion|id do encontro|id actividad""",
    "gathering_title": """encuentro|reunion|evento|actividad|sesion|taller|titulo|nombre del encuentro|meeting|event|
        session|workshop|title|activity|encontro|reuniao|atividade|oficina|sessao|nombre del evento|tema|
        nombre de la actividad|event name|meeting title|jornada""",
    "date": """fecha|dia|fecha del encuentro|fecha encuentro|fecha de la reunion|date|day|data|data do encontro|
        meeting date|event date|session date|fecha evento|fecha y hora|fecha de asistencia|marca temporal|timestamp|
        fecha reunion|fecha sesion|data da reuniao""",
    "status": """asistencia|estado|asistio|status|attendance|presente|presenca|presence|compareceu|estado de asistencia|
        tipo de asistencia|asiste|attended|situacao|registro de asistencia|frequencia|present""",
    "minutes": """minutos|duracion|tiempo|minutes|duration|minutos de asistencia|duracao|time in session|
        duracion minutos|minutos presente|time in session minutes""",
}
MEETING_HEADINGS = {
    "gathering_id": """id|slug|number|no|code|gathering id|event id|meeting id|id encuentro|id reunion|id evento|codigo|numero|
        n|codigo encuentro|codigo evento|id do encontro|id actividad""",
    "gathering_title": """title|name|titulo|nombre|nome|encuentro|reunion|evento|actividad|taller|sesion|meeting|event|gathering|
        workshop|activity|host name|encontro|reuniao|atividade|oficina|sessao|tema|nombre del encuentro|nombre del evento|
        nome do encontro|event name|meeting title|jornada""",
    "gathering_kind": """kind|type|kind of gathering|event type|tipo|tipo de encuentro|tipo de evento|tipo de reunion|tipo de encontro|
        tipo de reuniao|clase de encuentro""",
    "modality": "modality|format|mode|modalidad|formato|modalidade|presencial o virtual",
    "date": """date|day|fecha|dia|data|fecha del encuentro|fecha encuentro|fecha de la reunion|meeting date|event date|data do encontro|
        data da reuniao|fecha evento|cuando|when|quando""",
    "starts": """start|starts|start date|start time|starts at|from|begin|inicio|hora de inicio|hora inicio|fecha de inicio|fecha inicio|
        hora|desde|comienza|empieza|data de inicio|comeco|hora de comeco""",
    "ends": """end|ends|end date|end time|ends at|to|until|fin|final|hora de fin|hora fin|hora de termino|fecha de fin|fecha fin|hasta|
        termina|termino|fim|data de fim|hora de fim|hora final""",
    "place": """place|venue|location|address|where|lugar|lugar del encuentro|sede|direccion|sitio|donde|local|endereco|onde|
        institucion anfitriona|colegio anfitrion|escola anfitria""",
    "latitude": "latitud|latitude|lat|coordenada y|coordenada latitud",
    "longitude": "longitud|longitude|lon|lng|long|coordenada x|coordenada longitud",
    "community": "community|node|network|group|comunidad|nodo|red|grupo|comunidade|rede|nucleo|comision|commission",
}
TIE_HEADINGS = {
    "source": """source|from|sender|asker|asks|ego|seeker|person 1|name 1|from person|who|author|origen|de|quien|emisor|remitente|
        quien pide|quien pregunta|quien escribe|persona 1|nombre 1|autor|autora|docente 1|acompanante|de quien|origem|remetente|
        quem|quem pede|quem pergunta|pessoa 1|nome 1|acompanhante""",
    "target": """target|to|receiver|asked|alter|adviser|advisor|person 2|name 2|to person|whom|recipient|destino|a|a quien|receptor|
        destinatario|destinataria|a quien pide|quien responde|persona 2|nombre 2|docente 2|con quien|acompanado|acompanada|para|
        para quem|a quem|quem responde|pessoa 2|nome 2|com quem|acompanhado|acompanhada""",
    "tie_kind": """kind|type|tie|tie kind|kind of tie|relation|relationship|tipo|tipo de vinculo|vinculo|relacion|tipo de relacion|
        relacao|tipo de relacao|clase""",
    "weight": """weight|strength|frequency|times|count|how often|peso|frecuencia|veces|intensidad|fuerza|cuantas veces|frequencia|
        vezes|intensidade|forca|quantas vezes|outcome""",
    "date": "date|day|when|timestamp|time|fecha|dia|cuando|fecha y hora|data|quando|data e hora",
}
SCHOOL_HEADINGS = {
    "code": """codigo|codigo dane|dane|rbd|urn|inep|codigo inep|cct|clave|codigo modular|code|school code|
        codigo establecimiento|codigo del centro|codigo colegio|id|dane sede|codigo sede|codigo da escola|cod dane|
        co entidade|school id|codigo institucion|codigo ie|clave cct|cons sede|dane establecimiento|codigo escuela""",
    "check_digit": "digito verificador|dv|dgv rbd|dv rbd|check digit",
    "name": """nombre|nom rbd|nombre establecimiento|nombre del establecimiento|nombre de la institucion|
        nombre institucion|institucion|institucion educativa|colegio|escuela|centro educativo|establecimiento|liceo|
        school|school name|name|establishmentname|establishment name|escola|nome|nome da escola|no entidade|
        sede educativa|nombre sede|nombre del colegio|nombre colegio|centro|nombre de la escuela|plantel""",
    "region": """region|departamento|estado|provincia|nom reg rbd a|nombre departamento|nombre region|state|uf|
        gor name|province|nom dpto|county|nombre de la region""",
    "region_code": "cod reg rbd|codigo departamento|codigo region|cod dpto|gor code|codigo uf|region code|cod region",
    "municipality": """municipio|comuna|ciudad|nom com rbd|nombre comuna|nombre municipio|municipality|city|town|
        localidad|nom mpio|districtadministrative name|la name|no municipio|local authority|canton|poblacion""",
    "municipality_code": """cod com rbd|codigo municipio|codigo comuna|cod mpio|districtadministrative code|
        co municipio|divipola|codigo ibge|municipality code|cod municipio|cod comuna""",
    "district": """distrito|barrio|nucleo|zona|sector territorial|district|ward|bairro|nombre barrio|parroquia|
        administrativeward name|vereda""",
    "latitude": "latitud|latitude|lat|coordenada y|y|coord y|latitud y|lat centroide|coordenada latitud",
    "longitude": "longitud|longitude|lon|lng|long|coordenada x|x|coord x|longitud x|lon centroide|coordenada longitud",
    "easting": "easting|este|coordenada este",
    "northing": "northing|norte|coordenada norte",
    "address": "direccion|domicilio|address|street|endereco|direccion del colegio|direccion sede|rua|calle",
    "rural": "rural|zona|area|rural rbd|urbano rural|zona urbana rural|urbanrural name|localizacao|ruralidad|tipo de zona",
    "sector": """sector|dependencia|tipo|tipo de establecimiento|cod depe2|caracter|naturaleza|school type|
        typeofestablishment name|establishmenttypegroup name|rede|dependencia administrativa|tp dependencia|prestador""",
    "enrolment": """matricula|mat total|matricula total|estudiantes|alumnos|numero de estudiantes|enrolment|enrollment|
        pupils|numberofpupils|number of pupils|students|matriculas|total alumnos|total estudiantes|qt mat bas""",
    "staff": "personal|funcionarios|dotacion|staff|total staff|planta|numero de funcionarios|trabajadores",
    "educators": """docentes|profesores|educadoras|numero de docentes|teachers|educators|number of teachers|total docentes|
        professores|qt doc bas""",
    "technicians": "tecnicas|tecnicos|asistentes|technicians|assistants|teaching assistants|auxiliares|tecnicas en parvulos",
    "staff_on_leave": "con licencia|licencias|licencias medicas|on leave|staff on leave|afastados|personal con licencia",
    "state": """estado|estado estab|situacion|estado del establecimiento|establishmentstatus name|status|situacao|
        tp situacao funcionamento|vigencia|estado sede""",
    "profile_on": "ano|agno|fecha|fecha ficha|year|date|ano escolar|census date|censusdate|corte|fecha de corte|data",
    "group": """servicio local|slep|sostenedor|grupo|trusts name|trust|school group|mantenedora|operador|
        nombre sostenedor|nombre slep""",
}


def _table(headings: dict[str, str]) -> dict[str, list[str]]:
    return {
        field: [plain(word) for word in words.replace("\n", " ").split("|")]
        for field, words in headings.items()
    }


PERSON, MEMBERSHIP = _table(PERSON_HEADINGS), _table(MEMBERSHIP_HEADINGS)
GATHERING, SCHOOL = _table(GATHERING_HEADINGS), _table(SCHOOL_HEADINGS)
TIE, MEETING = _table(TIE_HEADINGS), _table(MEETING_HEADINGS)
SHORTEST = 3  # a cell "a" or "de" is not taken for a heading

FIELDS: dict[Kind, dict[str, list[str]]] = {
    "people": {**PERSON, **MEMBERSHIP},
    "memberships": {**PERSON, **MEMBERSHIP},
    "attendance": {**GATHERING, **PERSON},
    "schools": SCHOOL,
    "register": SCHOOL,
    "ties": TIE,
    "gatherings": MEETING,
}


@lru_cache(maxsize=1)
def _all_headings() -> frozenset[str]:
    return frozenset(
        word
        for table in (PERSON, MEMBERSHIP, GATHERING, SCHOOL)
        for words in table.values()
        for word in words
    ) | {
        word
        for table in (TIE, MEETING)
        for words in table.values()
        for word in words
        if len(word) >= SHORTEST
    }


def is_known_heading(text: str) -> bool:
    """Whether some list calls a column so.

    >>> is_known_heading("Correo electrónico:"), is_known_heading("Ana Ruiz")
    (True, False)
    """
    return plain(text.replace("_", " ")) in _all_headings()
