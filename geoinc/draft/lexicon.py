"""The words by which statements are found, in English, French, Spanish and Arabic.

A row is a concept, a value within it, and the phrases that carry it, written folded: lower case, no accents, no
hamza, one space between words, ``'`` for every apostrophe. ``*`` ends a stem. Another language is more phrases.
Arabic is written without its article and without the letters that lean on a word (and, in, for, as).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from geoinc.draft.territories import CAPITALS, TERRITORIES

__all__ = ["Entry", "Lexicon", "lexicon"]

_ROWS: Final[tuple[tuple[str, str, str], ...]] = (
    # What the reports speak of.
    ("object", "", "drone|drones|aircraft|plane|jet|helicopter|uav|missile|balloon|vehicle|convoy|patrol|vessel|ship|"
     "boat|strike|strikes|attack|explosion|raid|frappe|frappes|attaque|ataque|bombardeo|"
     "appareil|avion|aeronef|helicoptere|vehicule|navire|dron|aeronave|helicoptero|vehiculo|buque|"
     "طايره|طايرات|مسيره|مروحيه|مركبه|سفينه|صاروخ|ضربه|غاره|هجوم"),
    # Events, each with the point of the incident that it makes.
    ("event", "wreck", "wreck|wreckage|debris|remains of the|crash site|crashed|fell|came down|impact site|"
     "epave|debris de l'appareil|carcasse|s'est ecrase*|s'etait ecrase*|s'ecrase|est tombe*|etait tombe*|tombe|tombee|"
     "restos|se estrello|cayo|siniestro|حطام|بقايا|سقطت|سقوط|سقط|تحطمت|تحطم"),
    ("event", "link_lost", "lost contact|contact was lost|contact lost|loss of contact|loss of signal|loss of link|"
     "contact with the drone was lost|lost the signal|lost signal|signal was lost|link was lost|data link|last contact|"
     "last radar contact|contact with the aircraft was lost|disappeared from radar|vanished from radar|"
     "disparu des radars|last known position|last position|last signal|last known contact|"
     "perte de contact|perte de liaison|perte de la liaison|perte du contact|perte du signal|perdu le contact|"
     "contact a ete perdu|contact perdu|rupture de liaison|rupture de la liaison|rupture du contact|"
     "liaison a ete perdue|"
     "dernier contact|derniere position|derniere liaison|"
     "perdida de contacto|perdida de senal|perdida de la senal|perdida del enlace|perdio el contacto|perdio contacto|"
     "se perdio el contacto|ultimo contacto|ultima posicion|"
     "فقدان الاتصال|فقد الاتصال|فقدت الاتصال|انقطاع الاتصال|انقطع الاتصال|فقدان الاشاره|اخر اتصال"),
    ("event", "hit", "shot down|downed|brought down|was hit|been hit|was struck|been struck|was intercepted|abattu|"
     "abattue|abattus|"
     "intercepte|interceptee|neutralise|neutralisee|a ete touche|touche|touchee|derribado|derribada|derribo|derribaron|"
     "abatido|abatida|interceptado|interceptada|alcanzado|alcanzada|اسقطت|اسقط|اسقاط|اعترضت|استهداف|اصيبت"),
    ("enter", "", "penetrated|penetrating|entered|entering|violated|violating|violation of|violations of|"
     "crossed into|crossing into|"
     "intruded|intrusion|incursion|breached|breaching|penetration|"
     "penetre|penetree|viole|violee|violant|entre dans|entree dans|est entre*|franchi|violation|penetration dans|"
     "penetro|violo|entro|ingreso en|ingreso a|incursion en|violacion|habia penetrado|penetrado|violado|"
     "اخترقت|اخترق|اختراق|انتهكت|انتهك|انتهاك|دخلت|دخل|دخول|توغلت|توغل"),
    ("leave", "", "left|leave|leaving|departed|depart|exited|exit|strayed from|quitte|quittee|sorti|sortie|sortir|"
     "abandono|abandonado|salio|salido|غادرت|تغادر|غادر|يغادر|خرجت|تخرج|يخرج"),
    ("stay", "", "remained|stayed|reste|restee|est demeure*|permanecio|se mantuvo|بقيت|ظلت|بقي"),
    ("fall", "", "dropped|fell|plunged|plummeted|falling|fall|drop|came down|descended|chute|tombe|tombee|chuter|"
     "descendu|"
     "cayo|caida|cayendo|se precipito|descendio|سقطت|سقوط|سقط|هوت"),
    ("mode", "vertical", "vertically|vertical|straight down|a la verticale|verticalement|verticale|verticalmente|"
     "en vertical|"
     "عموديا|عمودي|بشكل عمودي"),
    ("mode", "glide", "glided|gliding|plane jusqu'|en planant|planeo|planeando"),
    ("mode", "ballistic", "ballistic|ballistically|balistique|trajectoire balistique|balistica"),
    # Ground.
    ("space", "ground", "airspace|air space|territory|soil|espace aerien|territoire|sol|espacio aereo|territorio|suelo|"
     "مجال الجوي|مجال جوي|اجواء|اراضي|تراب|اقليم"),
    ("space", "borders", "borders|frontiers|frontieres|limites du territoire"),
    ("space", "side", "side|side of the border|cote|lado|جانب"),
    ("own_space", "", "its airspace|its own airspace|its territory|its own territory|its soil|our airspace|"
     "our territory|"
     "its national airspace|the country's airspace|the country's territory|national airspace|national territory|"
     "son espace aerien|son territoire|notre espace aerien|notre territoire|territoire national|espace aerien national|"
     "su espacio aereo|su territorio|nuestro espacio aereo|territorio nacional|espacio aereo nacional|"
     "مجالها الجوي|مجالنا الجوي|اجواءها|اجوايها|اراضيها|ترابها|تراب الوطني|مجال الجوي الوطني|اراضي الوطنيه"),
    ("border", "", "border|frontier|boundary|border line|boundary line|frontiere|ligne frontiere|frontera|"
     "linea fronteriza|"
     "حدود|خط الحدود|شريط الحدودي"),
    ("in", "", "in|inside|within|over|above|on|well inside|deep inside|into|a l'interieur|a l'interieur de|"
     "a l'interieur du|"
     "dans|en|au|au-dessus de|au-dessus du|au-dessus de l'|sur|du|cote|dentro de|dentro del|sobre|"
     "داخل|في|فوق|ضمن|على|باراضي"),
    ("inside", "", "inside|into|within|deep in|deep into|deep inside|in|a l'interieur|a l'interieur de|"
     "a l'interieur du|en|dans|"
     "dentro de|dentro del|داخل|في عمق|في"),
    ("depth", "", "by|to a depth of|at a depth of|a depth of|depth of|for|of|as deep as|sur une distance de|"
     "sur une profondeur de|"
     "d'une profondeur de|a une profondeur de|de|d'|sur|jusqu'a|por|en|a una profundidad de|hasta|unos|"
     "بعمق|عمق|بمسافه|لمسافه|مسافه|الي عمق|علي عمق|بحوالي"),
    ("away", "", "from|of|to|away from|off|de|du|de l'|de la|del|par rapport a|من|عن"),
    ("between", "", "between|separat*|apart|entre|separ*|distants|بين|تفصل|يفصل"),
    ("separates", "", "separat*|apart|from the point|from the place|from the spot|from where|from the location|"
     "du point|du lieu|"
     "de l'endroit|separ*|distance between|distance entre|distancia entre|del punto|del lugar|تفصل|يفصل|المسافه بين|"
     "من النقطه|من مكان"),
    ("both", "", "both|as well as|les deux|tant|ambos|tanto|كلا|كل من"),
    # How plainly it is said.
    ("not", "", "not|never|no|nor|n't|neither|without|jamais|ne|n'|sans|nunca|jamas|sin|tampoco|لم|لن|ليس|دون|لا"),
    ("deny", "", "denied|denies|deny|denying|refuted|refutes|rejected|rejects|dismissed|disputed|disputes|dement|"
     "dementi|nie|"
     "refute|rejette|conteste|niega|nego|desmiente|desmintio|rechaza|rechazo|نفت|نفي|تنفي|ينفي|كذبت"),
    ("hedge", "", "may|might|could|would|possibly|allegedly|reportedly|apparently|likely|presumably|perhaps|probably|"
     "supposedly|"
     "il semblerait|peut-etre|aurait|auraient|serait|pourrait|pretendument|podria|habria|quizas|supuestamente|ربما|"
     "يبدو|يزعم"),
    ("barrier", "", "after|before|because|who|whose|if|whether|until|to prevent|apres|avant|car|parce que|si|despues|"
     "antes|porque|"
     "quien|قبل|لان|بعدما|بعد ان"),
    # Who speaks.
    ("say", "", "said|says|stated|states|announced|announces|claimed|claims|asserted|asserts|reported|noted|notes|"
     "added|adds|"
     "confirmed|confirms|insisted|insists|stressed|stresses|reiterated|reiterates|declared|declares|maintained|"
     "maintains|"
     "argued|argues|alleged|alleges|emphasized|emphasised|affirmed|affirms|explained|indicated|pointed out|specified|"
     "accused|"
     "concluded|responded|replied|told|wrote|published|denied|denies|rejected|rejects|"
     "declare|declarait|affirme|affirment|affirmait|indique|precise|annonce|ajoute|souligne|assure|soutient|soutenu|"
     "explique|"
     "rapporte|maintient|dit|dement|dementi|conteste|"
     "dijo|afirmo|afirma|declaro|declara|anuncio|anuncia|senalo|senala|indico|indica|aseguro|asegura|sostuvo|"
     "sostiene|anadio|"
     "preciso|informo|nego|niega|desmintio|desmiente|"
     "قالت|قال|اعلنت|اعلن|اكدت|اكد|اوضحت|اوضح|اضافت|اضاف|ذكرت|ذكر|افادت|افاد|صرحت|صرح|نفت|نفي"),
    ("say", "inherit", "adding|saying|noting|stating|stressing|asserting|claiming|confirming|insisting|maintaining|"
     "specifying|"
     "ajoutant|precisant|affirmant|indiquant|soulignant|anadiendo|precisando|afirmando|مضيفه|مضيفا|موكده|موكدا"),
    ("according", "", "according to|published by|released by|given by|publie par|publiee par|publies par|publiees par|"
     "communiquee par|publicado por|publicada por|selon|d'apres|segun|de acuerdo con|بحسب|حسب|وفقا ل|وفق"),
    ("claim_noun", "", "claim|claims|assertion|assertions|allegation|allegations|version|affirmation|affirmations|"
     "allegations|"
     "pretentions|afirmacion|afirmaciones|alegaciones|مزاعم|ادعاء|ادعاءات|روايه"),
    ("that", "", "that|que|qu'|selon laquelle|selon lesquelles|selon lequel|ان|بان|انه|انها|بانها|بانه"),
    ("institution", "", "government|army|ministry|military|authorities|regime|forces|armed forces|presidency|"
     "minister|spokesman|"
     "spokesperson|spokeswoman|embassy|air force|junta|state|side|general staff|officials|defence|defense|security|"
     "foreign|"
     "statement|communique|transitional|"
     "gouvernement|armee|ministere|autorites|ministre|presidence|etat-major|porte-parole|forces armees|communique|"
     "gobierno|ejercito|ministerio|autoridades|ministro|fuerzas|presidencia|portavoz|comunicado|"
     "حكومه|جيش|وزاره|سلطات|رياسه|قوات|بيان|دفاع|خارجيه|الناطق"),
    ("anaphor", "", "statement|communique|ministry|government|army|it|he|she|they|text|spokesman|spokesperson|"
     "gouvernement|armee|ministere|texte|elle|il|comunicado|gobierno|ejercito|ministerio|بيان|حكومه|وزاره|جيش"),
    ("source", "", "sources|source|witness|witnesses|residents|analysts|observers|rebels|temoins|habitants|riverains|"
     "fuentes|testigos|vecinos|مصادر|مصدر|شهود|سكان"),
    ("against", "", "against|accusing|accused|calling|urging|told|tell|toward|towards|contre|accusant|accuse|contra|"
     "acusando|ضد"),
    # Directions, as spoken; the reader of directions has the last word on them.
    ("direction", "", "north|south|east|west|north-east|north-west|south-east|south-west|northeast|northwest|southeast|"
     "southwest|north east|north west|south east|south west|northern|southern|eastern|western|"
     "nord|sud|est|ouest|nord-est|nord-ouest|sud-est|sud-ouest|norte|sur|este|oeste|noreste|noroeste|sureste|sudeste|"
     "suroeste|sudoeste|"
     "شمال|جنوب|شرق|غرب|شمال شرق|شمال غرب|جنوب شرق|جنوب غرب"),
    # What is said before a length and belongs to it.
    ("after_length", "", "at least|at most|or more|or less|or so|ou plus|ou moins|environ|au moins|au plus|o mas|"
     "o menos|"
     "al menos|علي الاقل|علي الاكثر|تقريبا"),
    ("qualifier", "", "within a radius of|in a radius of|a minimum of|a maximum of|not more than|not less than|"
     "dans un rayon de|"
     "dans un rayon d'|un minimum de|un maximum de|en un radio de|about|around|"
     "approximately|some|roughly|nearly|almost|more than|less than|over|at least|"
     "at most|up to|"
     "no more than|no less than|as much as|within|between|a plus de|plus de|moins de|a moins de|au moins|au plus|"
     "environ|"
     "a environ|pres de|a pres de|jusqu'a|quelque|a quelque|entre|mas de|menos de|al menos|unos|unas|cerca de|"
     "alrededor de|hasta|"
     "como maximo|aproximadamente|اكثر من|اقل من|نحو|حوالي|علي الاقل|ما لا يقل عن|قرابه|لا يزيد عن|بين"),
    ("unit", "", "km|kms|kilometre|kilometres|kilometer|kilometers|m|metre|metres|meter|meters|nm|nmi|nautical mile|"
     "nautical miles|mile|miles|feet|ft|foot|milles|milles nautiques|milles marins|mille|pieds|kilometro|kilometros|"
     "metro|metros|"
     "millas|millas nauticas|pies|كيلومتر|كيلومترا|كيلومترات|كلم|كم|متر|مترا|امتار|ميل|ميلا|اميال|كيلو متر"),
    ("dual", "", "كيلومترين|كيلومتران|مترين|ميلين"),
    ("word_number", "", "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
     "sixteen|"
     "seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|half a|"
     "several|a few|"
     "un|une|deux|trois|quatre|cinq|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingt|trente|quarante|"
     "cinquante|soixante|cent|cents|mille|une dizaine de|une vingtaine de|quelques|"
     "dos|tres|cuatro|cinco|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|veinte|treinta|cuarenta|cincuenta|"
     "cien|mil|"
     "ثلاثه|اربعه|خمسه|سته|سبعه|ثمانيه|تسعه|عشره|عشرين|ثلاثين|ميه|عده"),
    ("number_joiner", "", "and a half|et demi|et demie|y medio|and|et|y|و نصف"),
    # Times.
    ("month", "", "january|february|march|april|may|june|july|august|september|october|november|december|"
     "janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|"
     "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre|"
     "يناير|فبراير|مارس|ابريل|افريل|مايو|ماي|يونيو|جوان|يوليو|جويليه|اغسطس|اوت|سبتمبر|اكتوبر|نوفمبر|ديسمبر|"
     "نيسان|اذار|شباط|ايار|حزيران|تموز|اب|ايلول"),
    ("hour", "", "midnight|noon|minuit|midi|medianoche|mediodia|منتصف الليل|منتصف النهار"),
    ("time_lead", "", "around|about|towards|toward|shortly before|shortly after|just before|just after|before|after|"
     "the night of|"
     "night of|overnight|early hours of|the early hours of|evening of|the evening of|morning of|the morning of|"
     "afternoon of|late on|"
     "early on|vers|aux alentours de|peu avant|peu apres|avant|apres|la nuit du|nuit du|dans la nuit du|soiree du|"
     "matin du|"
     "le soir du|hacia|sobre|alrededor de|poco antes de|poco despues de|antes de|despues de|la noche del|noche del|"
     "la madrugada del|"
     "madrugada del|tarde del|manana del|حوالي|نحو|قبيل|بعيد|قبل|بعد|ليله|ليل|فجر|مساء|صباح"),
)  # fmt: skip


class Entry(NamedTuple):
    """A phrase: its words, its concept, its value."""

    words: tuple[str, ...]
    concept: str
    value: str


class Lexicon:
    """All phrases, by their first word or the stem of it."""

    def __init__(self, entries: Iterator[Entry]) -> None:
        self._exact: dict[str, list[Entry]] = {}
        self._stems: dict[str, list[Entry]] = {}
        for entry in entries:
            first = entry.words[0]
            if first.endswith("*"):
                self._stems.setdefault(first[:-1], []).append(entry)
            else:
                self._exact.setdefault(first, []).append(entry)
        self._stem_lengths = sorted({len(stem) for stem in self._stems}, reverse=True)

    def entries(self, word: str) -> list[Entry]:
        """Return the phrases that may begin with `word`."""
        found = list(self._exact.get(word, ()))
        for length in self._stem_lengths:
            found.extend(self._stems.get(word[:length], ()) if len(word) >= length else ())
        return found


@cache
def lexicon() -> Lexicon:
    """Return the one lexicon."""
    return Lexicon(_entries())


def split_phrase(phrase: str) -> tuple[str, ...]:
    """Return the words of a phrase as the sentence's own words are cut: at hyphens and apostrophes too."""
    return tuple(phrase.replace("'", " ' ").replace("-", " - ").split())


def _entries() -> Iterator[Entry]:
    for concept, value, phrases in _ROWS:
        for phrase in phrases.split("|"):
            yield Entry(split_phrase(phrase), concept, value)
    for code, (_, names, adjectives) in TERRITORIES.items():
        for phrase in names.split("|"):
            yield Entry(split_phrase(phrase), "name", code)
            if phrase in CAPITALS:
                yield Entry(split_phrase(phrase), "capital", code)
        for phrase in adjectives.split("|"):
            yield Entry(split_phrase(phrase), "adjective", code)
