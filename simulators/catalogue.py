"""What stories share: services, document kinds, allergies, usual vital signs."""

from __future__ import annotations

from simulators.clinical import SNOMED, Allergy, Code, Usual
from simulators.medicines import ATC

SERVICE = "urn:oid:2.16.578.1.12.4.1.1.8655"
DOCUMENT_TYPE = "urn:oid:2.16.578.1.12.4.1.1.9602"

PAEDIATRICS = Code(SERVICE, "P03", "Barnemedisin")
LUNG = Code(SERVICE, "P05", "Lungesykdommer")
HEART = Code(SERVICE, "P07", "Hjertesykdommer")
ENDOCRINOLOGY = Code(SERVICE, "P09", "Endokrinologi")
CANCER = Code(SERVICE, "P11", "Kreftsykdommer")
NEUROLOGY = Code(SERVICE, "P13", "Nevrologi")
GERIATRICS = Code(SERVICE, "P15", "Geriatri")
HABILITATION = Code(SERVICE, "P17", "Habilitering av barn og unge")
PALLIATION = Code(SERVICE, "P19", "Palliasjon")
PSYCHIATRY = Code(SERVICE, "P21", "Psykisk helsevern for voksne")

DISCHARGE = Code(DOCUMENT_TYPE, "A00-1", "Epikriser og sammenfatninger")
JOURNAL = Code(DOCUMENT_TYPE, "B00-1", "Løpende journal")
TEST = Code(DOCUMENT_TYPE, "C00-1", "Prøvesvar")
FUNCTION = Code(DOCUMENT_TYPE, "D00-1", "Organfunksjon")
IMAGING = Code(DOCUMENT_TYPE, "E00-1", "Bildediagnostikk")
NURSING = Code(DOCUMENT_TYPE, "G00-1", "Sykepleierdokumentasjon")
LETTER = Code(DOCUMENT_TYPE, "I00-1", "Korrespondanse")
CERTIFICATE = Code(DOCUMENT_TYPE, "J00-1", "Attester og meldinger")

HIVES = Code(SNOMED, "126485001", "Urtikaria")
ANAPHYLAXIS = Code(SNOMED, "39579001", "Anafylaksi")
RASH = Code(SNOMED, "271807003", "Utslett")
NAUSEA = Code(SNOMED, "422587007", "Kvalme")
WHEEZE = Code(SNOMED, "56018004", "Pipende pust")
COUGH = Code(SNOMED, "49727002", "Hoste")


def _drug(atc: str, text: str, reaction: Code, severe: bool = False) -> Allergy:
    return Allergy(
        text=text,
        code=Code(ATC, atc, text),
        category="medication",
        reaction=reaction,
        severe=severe,
    )


PENICILLIN = _drug("J01CE02", "Fenoksymetylpenicillin", HIVES)
AMOXICILLIN = _drug("J01CA04", "Amoksicillin", ANAPHYLAXIS, True)
IBUPROFEN = _drug("M01AE01", "Ibuprofen", WHEEZE, True)
TRIMETHOPRIM_SULFA = _drug("J01EE01", "Sulfametoksazol og trimetoprim", RASH)
CODEINE = _drug("R05DA04", "Kodein", NAUSEA)
ACE_INHIBITOR = _drug("C09AA02", "Enalapril", COUGH)
PEANUT = Allergy(
    text="Peanøtter",
    code=Code(SNOMED, "91935009", "Peanøttallergi"),
    category="food",
    reaction=ANAPHYLAXIS,
    severe=True,
)
LATEX = Allergy(
    text="Lateks", code=Code(SNOMED, "111088007", "Lateks"), category="environment", reaction=HIVES
)
# Plain text: kjernejournal allows it where no code is known.
PLASTER = Allergy(text="Plaster (lim)", code=None, category="environment", reaction=RASH)

ADULT_ALLERGIES = (PENICILLIN, IBUPROFEN, TRIMETHOPRIM_SULFA, CODEINE, LATEX, PLASTER)
CHILD_ALLERGIES = (PENICILLIN, AMOXICILLIN, PEANUT, PLASTER)

SPO2_LOW = Usual(code="2708-6", text="Oksygenmetning", low=88, high=93, unit="%")
SPO2 = Usual(code="2708-6", text="Oksygenmetning", low=95, high=99, unit="%")
SYSTOLIC = Usual(code="8480-6", text="Systolisk blodtrykk", low=105, high=150, unit="mm[Hg]")
PULSE = Usual(code="8867-4", text="Puls", low=58, high=88, unit="/min")
CHILD_PULSE = Usual(code="8867-4", text="Puls", low=75, high=115, unit="/min")
GLUCOSE = Usual(code="15074-8", text="Glukose", low=6, high=11, unit="mmol/L")
TEMPERATURE = Usual(code="8310-5", text="Kroppstemperatur", low=36.3, high=37.2, unit="Cel")
RESPIRATION = Usual(code="9279-1", text="Respirasjonsfrekvens", low=14, high=24, unit="/min")
