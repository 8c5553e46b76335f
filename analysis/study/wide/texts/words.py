"""Words by which headers, totals and units are known, in the languages that tables come in.

A header tells a column's role only where its words are those of the role: "Area name" is the name
of a region, "nuts_id" its code, "Value added" no value column.
"""

from __future__ import annotations

import re
from functools import lru_cache


def _words(text):
    return frozenset(text.split())


ROLES = {
    "region": "region regions regione regioni región regione regiao região geo geography area "
    "areas country countries county counties district districts province provincia provincias "
    "province state states territory territories territorio territoire nuts nuts2 nuts3 lau city "
    "cities municipality municipalities município municipio comune comuni cluster clusters субъект "
    "субъекты регион регионы область территория территории район районы округ муниципалитет город "
    "страна страны кластер land länder laender bundesland bundesländer kreis kreise gebiet "
    "comunidad autónoma comunidades autónomas département départements région régions pays "
    "voivodship voivodeship województwo kraj okres location locality place entity unitname "
    "uname ucode unitcode economy reference ref jurisdiction department prefecture canton kanton "
    "gemeinde landkreis kommune län fylke lga lad ward geographic geographical area_name "
    "федерации субъекта региона названия regio gemeenten provincies 地域 都道府県 市区町村 市町村 "
    "행정구역 시도 지역 시도별 地区 จังหวัด ภาค อำเภอ استان شهرستان المنطقة المحافظة "
    "الولاية राज्य जिला",
    "indicator": "indicator indicators indicatore indicatori indicador indicadores indicateur "
    "indicateurs variável variáveis zmienna ukazatel показатель показатели показателя variable "
    "variables variabile measure measures metric metrics series subject statistic statistics "
    "description item indic merkmal kennzahl indikator indikatoren concept topic "
    "наименование_показателя wskaźnik onderwerp onderwerpen 項目 指標 항목 指标",
    "unit": "unit units unità unidad unidades unidade unité unités einheit einheiten maßeinheit "
    "единица единицы измерения ед изм uom jednostka mål measure_unit unit_measure eenheid "
    "単位 단위 单位",
    "year": "year years time period periods год года годы anno anni año años ano année années jahr "
    "jahre rok lata år vuosi date ref_date yr fy periodo период période perioden zeit time_period "
    "jaar periode 調査年 年度 年次 時点 시점 연도 年份 ปี พ.ศ พ.ศ. سال السنة سنة العام वर्ष",
    "value": "value values val obs_value значение wert werte valore valori valor valores valeur "
    "valeurs datavalue data_value wartość amount obs ค่า มูลค่า القيمة مقدار मान",
    "flag": "flag flags status obs_flag obs_status conf_status symbol footnote footnotes note "
    "notes примечание примечания сноска qualifier confidentiality conf terminated comment "
    "suppression",
}
NORMAL = frozenset(("", "a", "valid", "normal value"))  # flags that say nothing of a value
FOOTNOTES = frozenset(("footnote", "footnotes", "сноска", "сноски", "fussnote", "fußnote"))
# a column that says where a value comes from
SOURCES = _words(
    "source sources data_source источник источники источник_данных quelle quellen datenquelle "
    "fonte fonti fuente fuentes źródło zdroj bron"
)
# what divides a region's values, and names no region
DIMENSIONS = _words(
    "industry industries sector sectors branch branches sex gender age ages nace isic activity "
    "activities education occupation occupations product products commodity commodities пол "
    "возраст отрасль отрасли сектор деятельности geschlecht alter altersgruppe branche branchen "
    "wirtschaftszweig wirtschaftszweige sexo edad sesso età sexe âge płeć wiek group_of_age"
)
# what a table says of its indicators beside their values
ABOUT = {
    "pillar": _words("pillar pillars dimension domain subindex säule pilar pilier filar столп"),
    "direction": _words(
        "direction polarity richtung polarität dirección polaridad sens направление"
    ),
    "weight": _words("weight weights gewicht gewichte gewichtung peso pesos poids waga вес веса"),
}
# words that say nothing of the role
FILLERS = _words(
    "name names code codes id ids label labels the of and of_the de la del des di der die das by и "
    "по рф российской nome nombre nom bezeichnung наименование название код codice código "
    "コード s "
    "ref in all official iso iso2 iso3 fips short long full kod key no obs data per selected"
)
CODES = _words(
    "code codes id ids fips iso iso2 iso3 код codice código kod окато октмо okato oktmo ucode "
    "unitcode key ags schlüssel dguid vector coordinate uid geoid codgeo codreg coddep codcom "
    "insee コード"
)
SERIAL = _words("no nr n № п/п no. nr. # rank ranking rang место lp lfd")
NUMBERING = frozenset(
    ("no", "no.", "nr", "nr.", "n", "№", "#", "п/п", "№ п/п", "lp", "lp.", "lfd", "lfd. nr.")
)
# attributes of a long table that are neither value nor dimension
ATTRIBUTES = _words(
    "decimals unit_mult unitmult powercode power_code power_code_code scalar_id scalar_factor "
    "uom_id vector coordinate dguid "
    "terminated last_update dataflow reference_period last update revision version spec vintage "
    "latitude longitude lat lon"
)
MULTIPLIERS = frozenset(
    ("unit_mult", "unit mult", "powercode", "power code", "scalar_factor", "scalar factor")
)

TOTALS = re.compile(
    r"^all\b|\b(total|totals|sum|all (?:regions|areas|counties|districts|states)|overall|"
    r"grand total|"
    r"subtotal|national (?:total|average)|average|mean|итого|всего|в целом|по россии|по стране|"
    r"российская федерация|федеральный округ|insgesamt|zusammen|gesamt|summe|durchschnitt|"
    r"totale|complessivo|total nacional|ensemble|moyenne|ogółem|razem|polska|sverige hela|"
    r"hela landet|hele landet|i alt|totalt|yhteensä|koko maa|toplam|összesen|celkem|spolu|ukupno|"
    r"skupaj|kokku|kopā|iš viso|усього|разом|загалом|барлығы|общо|σύνολο|totaal|"
    r"全国|合計|総数|전국|france (?:métropolitaine|entière|hors)|"
    r"합계|계|全国合计|合计|"
    r"(?:european|eurozone) (?:union|area)|euro area|eu[- ]?\d{2}|eu|oecd|ea[- ]?\d{2}|"
    r"(?<!\w )g(?:7|20)|world|asean|remainder|rest of|other regions|прочие|"
    r"macroregion|макрорегион)\b"
    r"|федеральн\w+ округ",
    re.IGNORECASE,
)
PARTS = re.compile(
    r"^\W*(?:в том числе|в т\. ?ч\.|из них|of which|including|incl\.|thereof|davon|darunter|"
    r"di cui|de los cuales|de las cuales|dont|w tym)\b"
    r"|\b(?:без автономн|без\s+\w+\s+автономн|excluding|excl\.|ohne|senza|sin)\b",
    re.IGNORECASE,
)
TOTAL_CODES = re.compile(
    r"0{2,}|TOTAL|TOT|ALL|_T|WLD|(?:EU|EA|EFTA|OECD)[0-9]*(?:_\w+)?|OED|EUU|EMU|EUROPE",
    re.IGNORECASE,
)
PLACES = re.compile(
    r"\b(region|county|oblast|krai|kray|district|province|land|kreis|shire|voivod\w+|prefecture|"
    r"область|обл\.?|край|республика|респ\.?|округ|район|город|г\.|автономн\w+|ао)\b",
    re.IGNORECASE,
)
# a region named by where it lies
COMPASS = re.compile(
    r"\b(north|south|east|west|northern|southern|eastern|western|nord|sud|süd|ost|ouest|oeste|norte|"
    r"sul|север\w*|юг|южн\w*|восто\w*|запад\w*)\b",
    re.IGNORECASE,
)
# words of indicators, which no region is named by
MEASURED = re.compile(
    r"\b(gdp|grp|gva|gsdp|gni|ввп|врп|pib|bip|population|populations|населени\w*|численност\w*|"
    r"employment|employed|unemploy\w*|занят\w*|безработ\w*|jobs|wages?|salar\w+|earnings|зарплат\w*|"
    r"заработн\w*|incomes?|доход\w*|turnover|оборот\w*|revenues?|выручк\w*|exports?|imports?|экспорт\w*|"
    r"импорт\w*|investments?|инвестици\w*|production|output|производств\w*|firms|enterprises|"
    r"предприяти\w*|patents?|патент\w*|births|deaths|mortality|tax(?:es)?|налог\w*|r&d|expenditures?|"
    r"расход\w*|beschäftig\w*|arbeitslos\w*|umsatz|umsätze|bevölkerung|einwohner|löhne|investitionen|"
    r"exporte|población|empleo|desempleo|popolazione|fatturato|occupati|disoccupazione|chômage|"
    r"emploi|ludność|bezrobocia|zatrudnienie|students?|(?:share|rate|number) of|доля|уровень)\b",
    re.IGNORECASE,
)
NOTES = re.compile(
    r"^\W*(?:note|notes|source|sources|footnotes?|примечани[ея]|источник|quelle|hinweis|anmerkung|"
    r"fonte|nota|notas|fuente|legend|legenda|special value|available flags|last updated?|"
    r"symbols?|условные обозначения|data extracted|\(c\)|©|copyright)\b",
    re.IGNORECASE,
)
# columns that are computed from others
DERIVED = re.compile(
    r"\b(change|growth|difference|variation|veränderung|variazione|variación|evolution|average|mean|"
    r"total|cagr|в % к|к "
    r"предыдущему|прирост|изменение|итого|всего|rank|sparkline|trend)\b|[+/-]- ?%",
    re.IGNORECASE,
)


def bare(text: str) -> str:
    """Reduce a header to its words: small letters, parts of joined words, no signs.

    >>> bare("GeoName"), bare("OBS_VALUE"), bare("Area  code [note 1]")
    ('geo name', 'obs_value', 'area code')
    """
    text = re.sub(r"\[.*?\]", " ", text)
    text = re.sub(r"(?<=[a-zа-яё])(?=[A-ZА-ЯЁ])", " ", text)
    # vowels of Indic scripts, of Thai and Lao are marks, and no letters by themselves
    return " ".join(re.sub(r"[^\w/#№.\u0900-\u0eff]+", " ", text).casefold().split())


@lru_cache(4096)
def words_of(header: str) -> tuple:
    """Give the single words of a header, those joined by an underscore or a full stop too.

    >>> words_of("Ед. изм."), words_of("unit_measure")
    (('ед', 'изм'), ('unit_measure', 'unit', 'measure'))
    """
    whole = [word for word in bare(header).replace(".", " ").split() if word != "/"]
    return tuple(dict.fromkeys([*whole, *(part for word in whole for part in word.split("_"))]))


# a unit of territory is a region, no unit of measure
TERRITORIAL = re.compile(
    r"\b(?:unidad|unidade|unità|unité|unit|einheit|единица)\w* (?:\w+ )?"
    r"(?:feder\w+|territorial\w*|administra\w+|территориальн\w+|geogr\w+|estadual)\b|"
    r"\b(?:territorial|administrative|geographic\w*|federal|территориальн\w+|"
    r"административн\w+) (?:unit|единиц)\w*\b|^uf$|^gebietseinheit$|"
    r"^jednostka terytorialna$"
)
_KNOWN = {role: frozenset(words.split()) for role, words in ROLES.items()}


@lru_cache(4096)
def role_of(header: str) -> tuple:
    """Tell the role that a header names, as (role, whether all of its words belong to it).

    >>> role_of("Area name"), role_of("region_of_plant"), role_of("Turnover")
    (('region', True), ('region', False), ('', False))
    >>> role_of("TIME_PERIOD"), role_of("Value added")[1], role_of("Unit of measure")
    (('year', True), False, ('unit', True))
    """
    whole = bare(header)
    words = words_of(header)
    if not words:
        return "", False
    if len(words) < 6 and TERRITORIAL.search(whole):
        return "region", True
    for role, known in _KNOWN.items():
        if whole in known or whole.replace(" ", "_") in known:
            return role, True
    order = ("unit", "flag", "region", "indicator", "year", "value")
    matched = [role for role in order if any(word in _KNOWN[role] for word in words)]
    for role in matched:
        if all(word in _KNOWN[role] or word in FILLERS or "_" in word for word in words):
            return role, True
    if "unit" in matched and "measure" in words:
        return "unit", True
    return (matched[0], False) if matched else ("", False)


def is_dimension(header: str) -> bool:
    """Tell whether a header names what divides the values of a region: industry, sex, age.

    >>> is_dimension("Industry"), is_dimension("Age group"), is_dimension("Industrial district")
    (True, True, False)
    """
    words = set(words_of(header)) - {"group", "by", "of", "класс", "вид"}
    return bool(words) and words <= DIMENSIONS


def about_indicators(header: str) -> str:
    """Tell what a header says of indicators: pillar, direction or weight; "" for anything else.

    >>> about_indicators("Weight (%)"), about_indicators("Polarity"), about_indicators("Car weight")
    ('weight', 'direction', '')
    """
    words = set(words_of(header)) - {"of", "the", "indicator", "indicators"}
    return next((kind for kind, known in ABOUT.items() if words and words <= known), "")


def is_code(header: str) -> bool:
    """Tell whether a header names codes.

    >>> is_code("Country Code"), is_code("nuts_id"), is_code("Country Name")
    (True, True, False)
    """
    return any(word in CODES for word in words_of(header))


def is_attribute(header: str) -> bool:
    """Tell whether a header names what is no dimension of a statistical table."""
    whole = bare(header)
    return (
        whole in ATTRIBUTES
        or whole.replace(" ", "_") in ATTRIBUTES
        or (any(word in ATTRIBUTES for word in words_of(header)) and role_of(header)[0] != "value")
    )
