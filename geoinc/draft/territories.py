"""Names of territories as articles write them, in English, French, Spanish and Arabic.

Each row: code, English name; then the names, then the adjectives. ``*`` ends a stem whose endings do not matter.
Names are written folded: lower case, no accents, no hamza. A capital stands for its state, as in the language of
the press. The list holds the states that this package has boundaries for, their neighbours, and others whose
borders are often in dispute; another territory is another row.
"""

from __future__ import annotations

from typing import Final

from geoinc.draft.word_sets import word_set

__all__ = ["CAPITALS", "TERRITORIES"]

# code: (English name, names and capitals, adjectives)
TERRITORIES: Final[dict[str, tuple[str, str, str]]] = {
    "MLI": ("Mali", "mali|bamako|مالي|باماكو", "malian*|malien*|maliense*|مالي|ماليه|ماليين|ماليون"),
    "DZA": ("Algeria", "algeria|algiers|algerie|alger|argelia|argel|جزاير", "algerian*|algerien*|argelin*|جزايري*"),
    "NER": ("Niger", "niger|niamey|نيجر|نيامي", "nigerien*|nigerin*|نيجري*"),
    "MRT": (
        "Mauritania",
        "mauritania|mauritanie|nouakchott|موريتانيا|نواكشوط",
        "mauritanian*|mauritanien*|mauritano*|mauritana*|موريتاني*",
    ),
    "BFA": ("Burkina Faso", "burkina faso|burkina|ouagadougou|بوركينا فاسو", "burkinabe*|burkines*|بوركيني*"),
    "LBY": ("Libya", "libya|libye|libia|tripoli|ليبيا", "libyan*|libyen*|libio|libios|ليبي|ليبيه"),
    "TUN": ("Tunisia", "tunisia|tunisie|tunez|تونس", "tunisian*|tunisien*|tunecin*|تونسي*"),
    "MAR": ("Morocco", "morocco|maroc|marruecos|rabat|مغرب", "moroccan*|marocain*|marroqui*|مغربي*"),
    "TCD": ("Chad", "chad|tchad|ndjamena|تشاد", "chadian*|tchadien*|تشادي*"),
    "SDN": ("Sudan", "sudan|soudan|khartoum|سودان", "sudanese|soudanais*|sudanes*|سوداني*"),
    "SSD": ("South Sudan", "south sudan|soudan du sud|sudan del sur|juba", "south sudanese|sud-soudanais*|sursudanes*"),
    "NGA": ("Nigeria", "nigeria|abuja|نيجيريا", "nigerian*|نيجيري*"),
    "SEN": ("Senegal", "senegal|dakar|سنغال", "senegalese|senegalais*|senegales*|سنغالي*"),
    "EGY": ("Egypt", "egypt|egypte|egipto|cairo|مصر", "egyptian*|egyptien*|egipci*|مصري*"),
    "ETH": ("Ethiopia", "ethiopia|ethiopie|etiopia|addis ababa|اثيوبيا", "ethiopian*|ethiopien*|etiope*|اثيوبي*"),
    "ERI": ("Eritrea", "eritrea|erythree|asmara|اريتريا", "eritrean*|erythreen*|eritreo*|اريتري*"),
    "RWA": ("Rwanda", "rwanda|ruanda|kigali|رواندا", "rwandan*|rwandais*|ruandes*|رواندي*"),
    "COD": ("DR Congo", "dr congo|democratic republic of congo|rdc|kinshasa", "congolese|congolais*|congolen*"),
    "UKR": ("Ukraine", "ukraine|ucrania|kyiv|kiev|اوكرانيا", "ukrainian*|ukrainien*|ucranian*|اوكراني*"),
    "RUS": (
        "Russia",
        "russia|russie|rusia|moscow|moscou|moscu|روسيا|موسكو",
        "russian*|russe*|ruso|rusa|rusos|rusas|روسي|روسيه",
    ),
    "BLR": (
        "Belarus",
        "belarus|bielorussie|bielorrusia|minsk|بيلاروسيا",
        "belarusian*|bielorusse*|bielorrus*|بيلاروسي*",
    ),
    "POL": ("Poland", "poland|pologne|polonia|warsaw|varsovie|varsovia|بولندا", "polish|polonais*|polac*|بولندي*"),
    "ROU": ("Romania", "romania|roumanie|rumania|bucharest|رومانيا", "romanian*|roumain*|ruman*|روماني*"),
    "MDA": ("Moldova", "moldova|moldavie|moldavia|chisinau|مولدوفا", "moldovan*|moldave*|moldav*|مولدوفي*"),
    "FIN": ("Finland", "finland|finlande|finlandia|helsinki|فنلندا", "finnish|finlandais*|finlandes*|فنلندي*"),
    "EST": ("Estonia", "estonia|estonie|tallinn|استونيا", "estonian*|estonien*|estonio*|استوني*"),
    "TUR": (
        "Turkey",
        "turkey|turkiye|turquie|turquia|ankara|تركيا|انقره",
        "turkish|turc|turcs|turque*|turco*|turca*|تركي|تركيه",
    ),
    "GRC": ("Greece", "greece|grece|grecia|athens|athenes|atenas|يونان", "greek*|grec|grecs|grecque*|grieg*|يوناني*"),
    "SYR": ("Syria", "syria|syrie|siria|damascus|damas|damasco|سوريا|دمشق", "syrian*|syrien*|sirio|sirios|سوري|سوريه"),
    "IRQ": ("Iraq", "iraq|irak|baghdad|bagdad|عراق|بغداد", "iraqi*|irakien*|iraqui*|عراقي*"),
    "IRN": ("Iran", "iran|tehran|teheran|ايران|طهران", "iranian*|iranien*|irani|iranis|ايراني*"),
    "ISR": ("Israel", "israel|jerusalem|اسراييل", "israeli*|israelien*|اسراييلي*"),
    "LBN": ("Lebanon", "lebanon|liban|libano|beirut|beyrouth|لبنان|بيروت", "lebanese|libanais*|libanes*|لبناني*"),
    "JOR": ("Jordan", "jordan|jordanie|jordania|amman|اردن|عمان", "jordanian*|jordanien*|jordano*|اردني*"),
    "SAU": ("Saudi Arabia", "saudi arabia|arabie saoudite|arabia saudi|riyadh|سعوديه", "saudi*|saoudien*|سعودي*"),
    "YEM": ("Yemen", "yemen|sanaa|يمن|صنعاء", "yemeni*|yemenite*|يمني*"),
    "IND": ("India", "india|inde|new delhi|delhi|هند", "indian*|indien*|هندي*"),
    "PAK": ("Pakistan", "pakistan|islamabad|باكستان", "pakistani*|pakistanais*|paquistan*|باكستاني*"),
    "AFG": (
        "Afghanistan",
        "afghanistan|afganistan|kabul|kaboul|افغانستان",
        "afghan|afghans|afghane*|afgano*|afgana*|افغاني*",
    ),
    "CHN": ("China", "china|chine|beijing|pekin|صين", "chinese|chinois*|chino|chinos|صيني*"),
    "ARM": ("Armenia", "armenia|armenie|yerevan|ارمينيا", "armenian*|armenien*|armenio*|ارميني*"),
    "AZE": (
        "Azerbaijan",
        "azerbaijan|azerbaidjan|azerbaiyan|baku|اذربيجان",
        "azerbaijani*|azerbaidjanais*|azerbaiyano*|اذربيجاني*",
    ),
    "GEO": ("Georgia", "georgia|georgie|tbilisi|جورجيا", "georgian*|georgien*|جورجي*"),
    "THA": ("Thailand", "thailand|thailande|tailandia|bangkok|تايلاند", "thai|thais|thailandais*|tailandes*|تايلاندي*"),
    "KHM": ("Cambodia", "cambodia|cambodge|camboya|phnom penh|كمبوديا", "cambodian*|cambodgien*|camboyan*|كمبودي*"),
    "VEN": ("Venezuela", "venezuela|caracas|فنزويلا", "venezuelan*|venezuelien*|venezolan*|فنزويلي*"),
    "COL": ("Colombia", "colombia|colombie|bogota|كولومبيا", "colombian*|colombien*|كولومبي*"),
}

# Names of a state's seat that also stand for its government, but not for its ground.
CAPITALS: Final = word_set(
    "bamako باماكو algiers alger argel niamey نيامي nouakchott نواكشوط ouagadougou tripoli rabat ndjamena khartoum juba"
    " abuja dakar cairo asmara kigali kinshasa kyiv kiev moscow moscou moscu موسكو minsk warsaw varsovie varsovia "
    "bucharest"
    " chisinau helsinki tallinn ankara انقره athens athenes atenas damascus damas damasco دمشق baghdad bagdad بغداد "
    "tehran"
    " teheran طهران jerusalem beirut beyrouth بيروت amman عمان riyadh sanaa صنعاء delhi islamabad kabul kaboul "
    "beijing pekin"
    " yerevan baku tbilisi bangkok caracas bogota"
) | {"addis ababa", "new delhi", "phnom penh"}
