"""The ways of working that come along, in the words of this house and in three languages.

Drawn from what facilitators of teacher networks do; written anew. Each has its steps with their minutes, what it takes, and how the
same is done with people on screens.
"""

from __future__ import annotations

from typing import Any

# key, kind, then for each language: name, purpose, material, online, steps (minutes, words)
_ALL: list[tuple[str, str, dict[str, tuple[str, str, str, str, list[tuple[int, str]]]]]] = [
    (
        "anothers-shoes",
        "reflection",
        {
            "en": (
                "Put yourself in another's shoes",
                "To look at a conflict or a plan from where others stand before deciding.",
                "One card for each role (a new teacher, a mother, a student who keeps silent…)",
                "Send each role as a private message; three break-out rooms, cameras on while speaking in the role.",
                [
                    (5, "Tell the situation in three sentences. Everybody draws a role."),
                    (5, "Alone: what does this person see, fear, hope for?"),
                    (15, "In threes, in the role: each tells the situation in the first person. The others only ask."),
                    (10, "Out of the role: what did we not see before? What would we do differently?"),
                ],
            ),
            "es": (
                "Ponerse en el lugar del otro",
                "Para mirar un conflicto o un plan desde donde están los demás antes de decidir.",
                "Una tarjeta por papel (docente nueva, una mamá, un estudiante que calla…)",
                "Enviar cada papel por mensaje privado; salas de tres, con cámara al hablar desde el papel.",
                [
                    (5, "Contar la situación en tres frases. Cada quien saca un papel."),
                    (5, "A solas: ¿qué ve, qué teme, qué espera esta persona?"),
                    (15, "En tríos, desde el papel: cada quien cuenta la situación en primera persona. Los demás solo preguntan."),
                    (10, "Fuera del papel: ¿qué no habíamos visto? ¿Qué haríamos distinto?"),
                ],
            ),
            "pt-br": (
                "Colocar-se no lugar do outro",
                "Para olhar um conflito ou um plano a partir de onde os outros estão, antes de decidir.",
                "Um cartão para cada papel (professora nova, uma mãe, um estudante que se cala…)",
                "Enviar cada papel por mensagem privada; salas de três, com câmera ao falar no papel.",
                [
                    (5, "Contar a situação em três frases. Cada pessoa sorteia um papel."),
                    (5, "A sós: o que essa pessoa vê, teme, espera?"),
                    (15, "Em trios, no papel: cada um conta a situação em primeira pessoa. Os outros só perguntam."),
                    (10, "Fora do papel: o que não tínhamos visto? O que faríamos diferente?"),
                ],
            ),
        },
    ),
    (
        "problem-tree",
        "discussion",
        {
            "en": (
                "Problem tree",
                "To find what lies under a problem that everybody sees, and where a change can begin.",
                "A large sheet for each table, sticky notes in two colours",
                "One shared board for each room with a trunk, roots and branches drawn beforehand.",
                [
                    (5, "Agree on one problem and write it on the trunk, in words that blame nobody."),
                    (10, "Alone, then on the sheet: what does it lead to? These are the branches."),
                    (15, "Why does it happen? And why that? These are the roots, two levels deep."),
                    (10, "Mark the one root that this group can change, and say who would notice first."),
                ],
            ),
            "es": (
                "Árbol de problemas",
                "Para encontrar qué hay debajo de un problema que todos ven, y por dónde puede empezar un cambio.",
                "Un pliego por mesa, notas adhesivas de dos colores",
                "Un tablero compartido por sala, con tronco, raíces y ramas ya dibujados.",
                [
                    (5, "Acordar un problema y escribirlo en el tronco, con palabras que no culpen a nadie."),
                    (10, "A solas y luego en el pliego: ¿a qué lleva? Esas son las ramas."),
                    (15, "¿Por qué pasa? ¿Y eso por qué? Esas son las raíces, hasta dos niveles."),
                    (10, "Marcar la raíz que este grupo puede cambiar y decir quién lo notaría primero."),
                ],
            ),
            "pt-br": (
                "Árvore de problemas",
                "Para achar o que está por baixo de um problema que todos veem, e por onde uma mudança pode começar.",
                "Uma folha grande por mesa, notas adesivas de duas cores",
                "Um quadro compartilhado por sala, com tronco, raízes e galhos já desenhados.",
                [
                    (5, "Combinar um problema e escrevê-lo no tronco, com palavras que não culpem ninguém."),
                    (10, "A sós e depois na folha: a que isso leva? São os galhos."),
                    (15, "Por que acontece? E por que isso? São as raízes, até dois níveis."),
                    (10, "Marcar a raiz que este grupo pode mudar e dizer quem notaria primeiro."),
                ],
            ),
        },
    ),
    (
        "world-cafe",
        "discussion",
        {
            "en": (
                "World Café",
                "To let many people think one question through with others than those they always meet.",
                "Tables for four or five, paper as tablecloth, one question for each round",
                "Break-out rooms mixed anew for each round; one document for each table that its host keeps.",
                [
                    (5, "Say how it goes: a host stays at each table, all others change."),
                    (20, "First round: the question at the table. Draw and write on the paper."),
                    (20, "Second round: the host tells in one minute what was said; the new people go on from there."),
                    (20, "Third round, with the question: what of this do we try next week?"),
                    (10, "Harvest: each host tells one sentence, all hang up their paper."),
                ],
            ),
            "es": (
                "Café del mundo",
                "Para que muchas personas piensen juntas una pregunta, y no solo con las de siempre.",
                "Mesas de cuatro o cinco, papel como mantel, una pregunta por ronda",
                "Salas que se mezclan en cada ronda; un documento por mesa que cuida su anfitrión o anfitriona.",
                [
                    (5, "Contar cómo funciona: en cada mesa queda una persona anfitriona, las demás rotan."),
                    (20, "Primera ronda: la pregunta en la mesa. Dibujar y escribir en el papel."),
                    (20, "Segunda ronda: quien quedó cuenta en un minuto lo dicho; quienes llegan siguen desde ahí."),
                    (20, "Tercera ronda, con la pregunta: ¿qué de esto probamos la próxima semana?"),
                    (10, "Cosecha: cada mesa dice una frase y cuelga su papel."),
                ],
            ),
            "pt-br": (
                "Café do mundo",
                "Para que muitas pessoas pensem juntas uma pergunta, e não só com as de sempre.",
                "Mesas de quatro ou cinco, papel como toalha, uma pergunta por rodada",
                "Salas que se misturam a cada rodada; um documento por mesa, cuidado por quem fica nela.",
                [
                    (5, "Contar como funciona: em cada mesa fica uma pessoa anfitriã, as outras trocam."),
                    (20, "Primeira rodada: a pergunta na mesa. Desenhar e escrever no papel."),
                    (20, "Segunda rodada: quem ficou conta em um minuto o que foi dito; quem chega continua dali."),
                    (20, "Terceira rodada, com a pergunta: o que disso experimentamos na semana que vem?"),
                    (10, "Colheita: cada mesa diz uma frase e pendura seu papel."),
                ],
            ),
        },
    ),
    (
        "gallery",
        "discussion",
        {
            "en": (
                "Gallery of practices",
                "To show what works in one classroom to those who could use it in another.",
                "One sheet for each practice (what, for whom, what changed), tape, notes",
                "One slide for each practice, seen beforehand; in rooms, five minutes with each author.",
                [
                    (10, "Those who bring a practice hang up their sheet; all others read the titles."),
                    (25, "Walk: three practices, eight minutes each. Ask: how did you begin? What went wrong?"),
                    (5, "Leave a note at each: what I take with me, what I would add."),
                    (10, "In pairs: which one do I try, in which class, by when?"),
                ],
            ),
            "es": (
                "Galería de prácticas",
                "Para mostrar lo que funciona en un aula a quienes podrían usarlo en otra.",
                "Una hoja por práctica (qué, para quién, qué cambió), cinta, notas",
                "Una diapositiva por práctica, vista antes; en salas, cinco minutos con cada autora o autor.",
                [
                    (10, "Quienes traen una práctica cuelgan su hoja; los demás leen los títulos."),
                    (25, "Recorrido: tres prácticas, ocho minutos cada una. Preguntar: ¿cómo empezó? ¿Qué salió mal?"),
                    (5, "Dejar una nota en cada una: qué me llevo, qué agregaría."),
                    (10, "En parejas: ¿cuál pruebo, en qué curso, para cuándo?"),
                ],
            ),
            "pt-br": (
                "Galeria de práticas",
                "Para mostrar o que funciona em uma sala de aula a quem poderia usar em outra.",
                "Uma folha por prática (o quê, para quem, o que mudou), fita, notas",
                "Um slide por prática, visto antes; em salas, cinco minutos com cada autora ou autor.",
                [
                    (10, "Quem traz uma prática pendura sua folha; os outros leem os títulos."),
                    (25, "Percurso: três práticas, oito minutos cada. Perguntar: como começou? O que deu errado?"),
                    (5, "Deixar uma nota em cada uma: o que levo, o que acrescentaria."),
                    (10, "Em duplas: qual eu experimento, em que turma, até quando?"),
                ],
            ),
        },
    ),
    (
        "kit-as-students",
        "hands_on",
        {
            "en": (
                "Hands-on with a kit, as students",
                "To live a lesson from the student's side before giving it.",
                "One kit for each three people, the guide of the lesson",
                "Kits or household material sent before; each works before the camera, in rooms of three.",
                [
                    (5, "The teachers are students now: say the grade and the question of the lesson."),
                    (30, "In threes do the lesson with the kit, without reading ahead."),
                    (10, "As students: what did I wonder about? Where was I lost?"),
                    (15, "As teachers: what will be hard in my class, and what do I change?"),
                ],
            ),
            "es": (
                "Manos a la obra con un kit, como estudiantes",
                "Para vivir una clase desde el lado del estudiante antes de darla.",
                "Un kit por cada tres personas, la guía de la clase",
                "Kits o material de casa enviado antes; cada quien trabaja frente a la cámara, en salas de tres.",
                [
                    (5, "Ahora las y los docentes son estudiantes: decir el grado y la pregunta de la clase."),
                    (30, "En tríos, hacer la clase con el kit sin leer lo que sigue."),
                    (10, "Como estudiantes: ¿qué me sorprendió? ¿Dónde me perdí?"),
                    (15, "Como docentes: ¿qué será difícil en mi curso y qué cambio?"),
                ],
            ),
            "pt-br": (
                "Mão na massa com um kit, como estudantes",
                "Para viver uma aula do lado do estudante antes de dá-la.",
                "Um kit para cada três pessoas, o guia da aula",
                "Kits ou material de casa enviado antes; cada um trabalha diante da câmera, em salas de três.",
                [
                    (5, "Agora as professoras e os professores são estudantes: dizer o ano e a pergunta da aula."),
                    (30, "Em trios, fazer a aula com o kit sem ler adiante."),
                    (10, "Como estudantes: o que me surpreendeu? Onde me perdi?"),
                    (15, "Como docentes: o que será difícil na minha turma e o que eu mudo?"),
                ],
            ),
        },
    ),
    (
        "buddy-talk",
        "reflection",
        {
            "en": (
                "Buddy talk",
                "To be listened to by one colleague and leave with one next step.",
                "A quiet corner or a walk for each pair, a watch",
                "Rooms of two; a message to all when it is time to change.",
                [
                    (2, "Find your buddy. Who begins?"),
                    (8, "One speaks: what I tried, what happened, where I am stuck. The other listens and asks, without advice."),
                    (8, "Change over."),
                    (7, "Together: one next step for each, written down, and when we ask each other about it."),
                ],
            ),
            "es": (
                "Conversación entre pares",
                "Para que una colega o un colega escuche de verdad, y salir con un paso siguiente.",
                "Un rincón tranquilo o una caminata para cada pareja, un reloj",
                "Salas de dos; un mensaje a todas cuando toca cambiar.",
                [
                    (2, "Encontrar la pareja. ¿Quién empieza?"),
                    (8, "Una persona habla: qué probé, qué pasó, dónde estoy atascada. La otra escucha y pregunta, sin aconsejar."),
                    (8, "Cambiar de turno."),
                    (7, "Juntas: un paso siguiente para cada una, por escrito, y cuándo se preguntan por él."),
                ],
            ),
            "pt-br": (
                "Conversa entre pares",
                "Para ser ouvida por uma colega ou um colega e sair com um próximo passo.",
                "Um canto tranquilo ou uma caminhada para cada dupla, um relógio",
                "Salas de dois; uma mensagem a todas na hora de trocar.",
                [
                    (2, "Encontrar a dupla. Quem começa?"),
                    (8, "Uma pessoa fala: o que tentei, o que aconteceu, onde travei. A outra escuta e pergunta, sem aconselhar."),
                    (8, "Trocar a vez."),
                    (7, "Juntas: um próximo passo para cada uma, por escrito, e quando se perguntam sobre ele."),
                ],
            ),
        },
    ),
]  # fmt: skip

ACTIVITIES: list[dict[str, Any]] = [
    {
        "key": key,
        "kind": kind,
        "language": language,
        "name": name,
        "purpose": purpose,
        "material": material,
        "online": online,
        "steps": steps,
    }
    for key, kind, words in _ALL
    for language, (name, purpose, material, online, steps) in words.items()
]
