"""The words of consent, by purpose, each version in three languages. Older versions stay: answers are tied to them."""

from __future__ import annotations

from tejido.directory.models import Purpose

Words = dict[str, str]  # "es", "en", "pt" -> text

CONSENT_WORDS: dict[str, list[Words]] = {
    Purpose.CONTACT: [
        {
            "es": (
                "Acepto que las personas de mis comunidades vean mi correo y mi teléfono para comunicarse conmigo. "
                "El equipo que conduce la comunidad los ve en todo caso, porque los necesita para invitar y avisar. "
                "Fuera de ahí nadie los ve y no se entregan a terceros.\n\n"
                "Es mi decisión: si digo que no, participo igual. Puedo cambiarla cuando quiera, aquí mismo o "
                "avisando a la coordinación, y vale desde ese momento."
            ),
            "en": (
                "I agree that the people of my communities may see my e-mail address and my phone number, so that "
                "they can reach me. The team that runs the community sees them in any case, because it needs them "
                "to invite and to let me know. Beyond that nobody sees them, and they are not handed to others.\n\n"
                "This is my decision: if I say no, I take part all the same. I can change it whenever I like, here "
                "or by telling the coordination, and it holds from that moment on."
            ),
            "pt": (
                "Aceito que as pessoas das minhas comunidades vejam meu e-mail e meu telefone para falar comigo. "
                "A equipe que conduz a comunidade os vê em todo caso, porque precisa deles para convidar e avisar. "
                "Fora disso, ninguém os vê, e eles não são entregues a terceiros.\n\n"
                "A decisão é minha: se eu disser não, participo do mesmo jeito. Posso mudá-la quando quiser, aqui "
                "mesmo ou avisando a coordenação, e ela vale a partir desse momento."
            ),
        }
    ],
    Purpose.ANALYTICS: [
        {
            "es": (
                "Acepto que mi participación se cuente para entender cómo va la red: a qué encuentros asistí, con "
                "quiénes coincidí y qué centros educativos quedan así unidos. También acepto que lo que conté de mí "
                "(por ejemplo, género u origen) entre en resultados por grupo. Esos resultados se muestran solo "
                "cuando hay al menos cinco personas, y no sirven para evaluar a nadie.\n\n"
                "Es mi decisión: si digo que no, participo igual. Puedo cambiarla cuando quiera, aquí mismo o "
                "avisando a la coordinación, y vale para todo análisis que se haga desde ese momento."
            ),
            "en": (
                "I agree that my taking part is counted in order to understand how the network is doing: which "
                "gatherings I came to, whom I met there and which schools are linked in this way. I also agree that "
                "what I said of myself (for example gender or origin) enters results by group. Such results are "
                "shown only for five people or more, and they are never used to assess anybody.\n\n"
                "This is my decision: if I say no, I take part all the same. I can change it whenever I like, here "
                "or by telling the coordination, and it holds for every analysis made from that moment on."
            ),
            "pt": (
                "Aceito que minha participação seja contada para entender como vai a rede: a quais encontros fui, "
                "com quem estive e quais escolas ficam ligadas assim. Aceito também que o que contei de mim (por "
                "exemplo, gênero ou origem) entre em resultados por grupo. Esses resultados só são mostrados quando "
                "há pelo menos cinco pessoas, e não servem para avaliar ninguém.\n\n"
                "A decisão é minha: se eu disser não, participo do mesmo jeito. Posso mudá-la quando quiser, aqui "
                "mesmo ou avisando a coordenação, e ela vale para toda análise feita a partir desse momento."
            ),
        }
    ],
    Purpose.PHOTOGRAPH: [
        {
            "es": (
                "Acepto que en los encuentros me tomen fotos o me graben, y que esas imágenes se usen para contar "
                "lo que hace la red: en sus páginas, sus informes y sus redes sociales. No se venden ni se usan "
                "para otra cosa.\n\n"
                "Es mi decisión: si digo que no, participo igual y nadie me pide explicaciones. Puedo cambiarla "
                "cuando quiera, aquí mismo o avisando a la coordinación. Desde entonces no se usan más imágenes "
                "mías, y las ya publicadas en páginas de la red se retiran."
            ),
            "en": (
                "I agree that at gatherings pictures or recordings of me may be taken, and that they may be used to "
                "tell what the network does: on its pages, in its reports and on its social media. They are not "
                "sold and not used for anything else.\n\n"
                "This is my decision: if I say no, I take part all the same and nobody asks me why. I can change it "
                "whenever I like, here or by telling the coordination. From then on no further pictures of me are "
                "used, and those on pages of the network are taken down."
            ),
            "pt": (
                "Aceito que nos encontros me fotografem ou gravem, e que essas imagens sejam usadas para contar o "
                "que a rede faz: em suas páginas, seus relatórios e suas redes sociais. Não são vendidas nem usadas "
                "para outra coisa.\n\n"
                "A decisão é minha: se eu disser não, participo do mesmo jeito e ninguém me pede explicações. Posso "
                "mudá-la quando quiser, aqui mesmo ou avisando a coordenação. A partir daí não se usam mais imagens "
                "minhas, e as já publicadas em páginas da rede são retiradas."
            ),
        }
    ],
    Purpose.PUBLICATION: [
        {
            "es": (
                "Acepto que mi nombre aparezca en lo que la red publica: informes, páginas, créditos de prácticas y "
                "materiales. Sin este permiso, mi trabajo se cuenta sin nombrarme.\n\n"
                "Es mi decisión: si digo que no, participo igual. Puedo cambiarla cuando quiera, aquí mismo o "
                "avisando a la coordinación, y desde ese momento lo nuevo sale sin mi nombre. Lo que ya se imprimió "
                "o se envió no se puede recoger."
            ),
            "en": (
                "I agree that my name may stand in what the network publishes: reports, pages, credits of practices "
                "and materials. Without this permission my work is told without naming me.\n\n"
                "This is my decision: if I say no, I take part all the same. I can change it whenever I like, here "
                "or by telling the coordination, and from that moment on whatever is new appears without my name. "
                "What was already printed or sent cannot be called back."
            ),
            "pt": (
                "Aceito que meu nome apareça no que a rede publica: relatórios, páginas, créditos de práticas e "
                "materiais. Sem esta permissão, meu trabalho é contado sem me nomear.\n\n"
                "A decisão é minha: se eu disser não, participo do mesmo jeito. Posso mudá-la quando quiser, aqui "
                "mesmo ou avisando a coordenação, e a partir desse momento o que for novo sai sem meu nome. O que "
                "já foi impresso ou enviado não pode ser recolhido."
            ),
        }
    ],
    Purpose.RESEARCH: [
        {
            "es": (
                "Acepto que quienes investigan con mi red vean mi participación y usen lo que dije o escribí. En "
                "todo lo que publiquen voy con un seudónimo, y quitan los detalles por los que se me pueda "
                "reconocer.\n\n"
                "Es mi decisión: si digo que no, participo igual. Puedo cambiarla cuando quiera, aquí mismo o "
                "avisando a la coordinación. Desde ese momento dejan de ver mis datos y no los usan en nada nuevo; "
                "lo que ya se publicó con seudónimo permanece."
            ),
            "en": (
                "I agree that those who do research with my network may see how I take part and use what I said or "
                "wrote. In everything they publish I go by a pseudonym, and they leave out details by which I could "
                "be recognised.\n\n"
                "This is my decision: if I say no, I take part all the same. I can change it whenever I like, here "
                "or by telling the coordination. From that moment on they no longer see my data and use them in "
                "nothing new; what was already published under a pseudonym remains."
            ),
            "pt": (
                "Aceito que quem pesquisa com a minha rede veja como participo e use o que eu disse ou escrevi. Em "
                "tudo o que publicarem apareço com um pseudônimo, e são retirados os detalhes pelos quais eu possa "
                "ser reconhecida ou reconhecido.\n\n"
                "A decisão é minha: se eu disser não, participo do mesmo jeito. Posso mudá-la quando quiser, aqui "
                "mesmo ou avisando a coordenação. A partir desse momento deixam de ver meus dados e não os usam em "
                "nada novo; o que já foi publicado com pseudônimo permanece."
            ),
        }
    ],
    Purpose.SCHOOL: [
        {
            "es": (
                "Acepto que la dirección de mi centro educativo vea mi nombre entre quienes participan y a cuántas horas de "
                "encuentros asistí. No ve nada más: ni lo que dije, ni lo que respondí, ni con quién hablé. No sirve para "
                "evaluar a nadie.\n\n"
                "Es mi decisión: si digo que no, participo igual, y mi centro solo ve cuántas personas participan. Puedo "
                "cambiarla cuando quiera, aquí mismo o avisando a la coordinación, y vale desde ese momento."
            ),
            "en": (
                "I agree that the head of my school may see my name among those who take part, and for how many hours of "
                "gatherings I came. Nothing else is seen: not what I said, what I answered, or with whom I talked. It is "
                "never used to assess anybody.\n\n"
                "This is my decision: if I say no, I take part all the same, and my school sees only how many people do. I "
                "can change it whenever I like, here or by telling the coordination, and it holds from that moment on."
            ),
            "pt": (
                "Aceito que a direção da minha escola veja meu nome entre quem participa e a quantas horas de encontros "
                "fui. Nada mais é visto: nem o que eu disse, nem o que respondi, nem com quem conversei. Não serve para "
                "avaliar ninguém.\n\n"
                "A decisão é minha: se eu disser não, participo do mesmo jeito, e minha escola vê apenas quantas pessoas "
                "participam. Posso mudá-la quando quiser, aqui mesmo ou avisando a coordenação, e ela vale a partir desse "
                "momento."
            ),
        }
    ],
}
