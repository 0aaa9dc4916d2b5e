"""The sentences users read about faults in what they wrote, by language; bokmål is complete.

A sentence says what to do, and never what was written.
"""

from __future__ import annotations

from domain.words import DEFAULT_LANGUAGE
from domain.writing.fault import Fault, FaultCode

_SENTENCES: dict[FaultCode, dict[str, str]] = {
    FaultCode.REQUIRED: {
        "nb": "Dette må fylles ut.",
        "en": "This must be filled in.",
    },
    FaultCode.BLANK: {
        "nb": "Skriv noe her, eller la feltet være helt tomt.",
        "en": "Write something here, or leave the field out.",
    },
    FaultCode.TOO_LONG: {
        "nb": "Teksten er for lang. Den kan ha {allowed} tegn.",
        "en": "The text is too long. It may have {allowed} characters.",
    },
    FaultCode.TOO_MANY: {
        "nb": "Listen er for lang. Den kan ha {allowed} punkter.",
        "en": "The list is too long. It may have {allowed} items.",
    },
    FaultCode.LINE_BREAK: {
        "nb": "Dette må stå på én linje.",
        "en": "This must stand on one line.",
    },
    FaultCode.CONTROL_CHARACTER: {
        "nb": "Teksten har et usynlig tegn som ikke kan brukes. Skriv den på nytt uten å lime inn.",
        "en": "The text has an invisible character that can't be used. Type it instead of pasting.",
    },
    FaultCode.IDENTITY_NUMBER: {
        "nb": "Dette ligner et fødselsnummer. Slike numre skal ikke stå i planens tekster.",
        "en": "This looks like an identity number. They must not stand in a plan's texts.",
    },
    FaultCode.BAD_ID: {
        "nb": "En id kan ha bokstaver fra a til z, tall, - og _, og høyst {allowed} tegn.",
        "en": "An id may have letters from a to z, digits, - and _, and at most {allowed} of them.",
    },
    FaultCode.DUPLICATE_ID: {
        "nb": "To linjer kan ikke ha samme id.",
        "en": "Two lines can't have the same id.",
    },
    FaultCode.UNKNOWN_REFERENCE: {
        "nb": "Dette viser til en linje som ikke finnes i planen.",
        "en": "This points at a line that is not in the plan.",
    },
    FaultCode.DUPLICATE: {
        "nb": "Dette står to ganger.",
        "en": "This stands twice.",
    },
    FaultCode.INCOMPLETE_CODE: {
        "nb": "Kode og kodeverk må oppgis sammen. Uten kode er teksten nok.",
        "en": "Code and code system go together. Without a code the text is enough.",
    },
    FaultCode.UNKNOWN_CODE_SYSTEM: {
        "nb": "Kodeverket kan ikke brukes her. Uten kode er teksten nok.",
        "en": "The code system can't be used here. Without a code the text is enough.",
    },
    FaultCode.END_BEFORE_START: {
        "nb": "Slutten må komme etter begynnelsen.",
        "en": "The end must come after the beginning.",
    },
    FaultCode.OUT_OF_RANGE: {
        "nb": "Verdien må ligge innenfor {allowed}.",
        "en": "The value must lie within {allowed}.",
    },
    FaultCode.NOT_POSITIVE: {
        "nb": "Tallet må være større enn 0.",
        "en": "The number must be more than 0.",
    },
    FaultCode.OUT_OF_ORDER: {
        "nb": "Sonene må stå i rekkefølgen grønn, gul, rød.",
        "en": "The zones must stand in the order green, yellow, red.",
    },
    FaultCode.DUPLICATE_ZONE: {
        "nb": "Planen kan bare ha én sone av hver farge.",
        "en": "The plan can have only one zone of each colour.",
    },
    FaultCode.NO_LIMIT: {
        "nb": "Oppgi en nedre grense, en øvre grense eller begge.",
        "en": "Give a lower limit, an upper limit or both.",
    },
    FaultCode.LOW_NOT_BELOW_HIGH: {
        "nb": "Nedre grense må være lavere enn øvre grense.",
        "en": "The lower limit must be below the upper limit.",
    },
    FaultCode.BASELINE_REQUIRED: {
        "nb": "Grenser i prosent trenger pasientens egen verdi å regne fra.",
        "en": "Limits in per cent need the patient's own value to count from.",
    },
    FaultCode.BASELINE_NOT_USED: {
        "nb": "Egen verdi brukes bare når grensene er i prosent. Ta den bort, eller velg prosent.",
        "en": "An own value is used only for limits in per cent. Leave it out, or choose per cent.",
    },
    FaultCode.DIFFERENT_BASELINE: {
        "nb": "Pasientens egen verdi må være den samme i alle soner.",
        "en": "The patient's own value must be the same in all zones.",
    },
    FaultCode.BAD_UNIT: {
        "nb": "Enheten må skrives som i UCUM, uten mellomrom.",
        "en": "The unit must be written as in UCUM, without spaces.",
    },
    FaultCode.WRONG_UNIT: {
        "nb": "Denne målingen har enheten {allowed}.",
        "en": "This measurement has the unit {allowed}.",
    },
    FaultCode.DIFFERENT_UNIT: {
        "nb": "Den samme målingen må ha samme enhet overalt i planen.",
        "en": "The same measurement must have the same unit everywhere in the plan.",
    },
    FaultCode.NOT_ONE_NUMBER: {
        "nb": "Denne målingen har flere tall. Sett grenser for hvert av dem.",
        "en": "This measurement has several numbers. Set limits for each of them.",
    },
    FaultCode.OVERLAP: {
        "nb": "To soner dekker samme verdi. Da kan ingen si hvilken sone som gjelder.",
        "en": "Two zones cover the same value. Nobody could tell which applies.",
    },
    FaultCode.BAD_PHONE: {
        "nb": "Skriv et telefonnummer med åtte sifre, et kortnummer som 113, eller med landkode.",
        "en": "Write a number of eight digits, a short number such as 113, or with a country code.",
    },
    FaultCode.BAD_ORGANISATION_NUMBER: {
        "nb": "Et organisasjonsnummer har ni sifre og begynner på 8 eller 9.",
        "en": "An organisation number has nine digits and begins with 8 or 9.",
    },
    FaultCode.BAD_HPR_NUMBER: {
        "nb": "Et HPR-nummer har fire til ni sifre.",
        "en": "A number in the register of health personnel has four to nine digits.",
    },
    FaultCode.BAD_LANGUAGE: {
        "nb": "Språket oppgis med to eller tre små bokstaver, for eksempel nb.",
        "en": "The language is given by two or three small letters, for instance nb.",
    },
    FaultCode.TIME_ZONE_REQUIRED: {
        "nb": "Tidspunktet må ha tidssone.",
        "en": "The time must have a time zone.",
    },
    FaultCode.TIME_ZONE_NOT_ALLOWED: {
        "nb": "Klokkeslettet er norsk tid og skal stå uten tidssone.",
        "en": "The time of day is Norwegian time and must stand without a time zone.",
    },
    FaultCode.OVERLAPPING_HOURS: {
        "nb": "Tidene overlapper andre tider på samme dag.",
        "en": "The hours overlap other hours of the same day.",
    },
    FaultCode.BAD_MUNICIPALITY_NUMBER: {
        "nb": "Et kommunenummer har fire sifre.",
        "en": "A municipality number has four digits.",
    },
    FaultCode.SAME_ORGANISATION: {
        "nb": "Velg en annen virksomhet enn den som har ansvaret nå.",
        "en": "Choose another organisation than the one that answers for it now.",
    },
    FaultCode.NOT_COORDINATING: {
        "nb": "Virksomheten koordinerer ikke tjenestene til pasienten nå.",
        "en": "The organisation does not coordinate the patient's services now.",
    },
    FaultCode.NOT_IN_FUTURE: {
        "nb": "Velg en dag etter i dag.",
        "en": "Choose a day after today.",
    },
    FaultCode.IN_FUTURE: {
        "nb": "Tidspunktet kan ikke være senere enn nå.",
        "en": "The time can't be later than now.",
    },
    FaultCode.BAD_KEY: {
        "nb": "Nøkkelen må ha 8 til 100 skrivbare ASCII-tegn.",
        "en": "The key must have 8 to 100 printable ASCII characters.",
    },
    FaultCode.OWN_WORD: {
        "nb": "Dette sier du selv. La feltet stå tomt.",
        "en": "This is your own word. Leave the field out.",
    },
    FaultCode.WRONG_GIVER: {
        "nb": "Pasientens alder krever at en annen sier dette.",
        "en": "At the patient's age, this is for somebody else to say.",
    },
    FaultCode.NOT_TOGETHER: {
        "nb": "Bare ett av disse kan fylles ut om gangen.",
        "en": "Only one of these can be given at a time.",
    },
    FaultCode.NOT_USED_HERE: {
        "nb": "Dette brukes ikke her. La feltet stå tomt.",
        "en": "This is not used here. Leave the field out.",
    },
    FaultCode.NOT_A_CHOICE: {
        "nb": "Du kan velge mellom {allowed}.",
        "en": "You can choose between {allowed}.",
    },
    FaultCode.TOO_MUCH_SHARED: {
        "nb": "Utenfor helsetjenesten kan du dele soneark, rutiner og kontakter, ikke hele planen.",
        "en": "Outside health care, share zone sheet, routines or contacts, not the whole plan.",
    },
    FaultCode.EMPTY_REPORT: {
        "nb": "Meldingen er tom.",
        "en": "The report is empty.",
    },
    FaultCode.ACTION_INCOMPLETE: {
        "nb": "Si både hvilket tiltak det gjelder, og om det er gjort.",
        "en": "Say both which action it is about and whether it was done.",
    },
    FaultCode.UNKNOWN_ACTION: {
        "nb": "Dette tiltaket står ikke i planen.",
        "en": "This action is not in the plan.",
    },
    FaultCode.NO_ZONES: {
        "nb": "Denne delen har ingen soner. Meld målinger og tegn under egenbehandlingsplanen.",
        "en": "This part has no zones. Report measurements and signs under the self-care plan.",
    },
    FaultCode.IN_THE_FUTURE: {
        "nb": "Tidspunktet er ikke kommet ennå.",
        "en": "The time has not come yet.",
    },
    FaultCode.NOT_A_NUMBER: {
        "nb": "Verdien må være et tall.",
        "en": "The value must be a number.",
    },
    FaultCode.IMPOSSIBLE_VALUE: {
        "nb": "Verdien kan ikke stemme. Se på tallet en gang til.",
        "en": "The value can't be right. Please look at the number again.",
    },
    FaultCode.SWAPPED_PRESSURES: {
        "nb": "Overtrykket må være høyere enn undertrykket. Se om tallene er byttet om.",
        "en": "The upper pressure must be higher than the lower one. See if they are swapped.",
    },
    FaultCode.WRONG_AGE: {
        "nb": "Dette gjelder ikke ved pasientens alder, men fra {allowed} år.",
        "en": "This is not for the patient's age, but for the ages {allowed}.",
    },
    FaultCode.NOT_A_PARENT: {
        "nb": "Folkeregisteret har ikke denne personen som forelder.",
        "en": "The population register does not have this person as a parent.",
    },
    FaultCode.CANNOT_BE_HIDDEN: {
        "nb": "Denne linjen finnes ikke, eller den kan bare skjules sammen med hele delen.",
        "en": "There is no such line, or it can only be hidden with the whole part.",
    },
    FaultCode.OWN_NUMBER: {
        "nb": "Ingen kan representere seg selv.",
        "en": "Nobody can represent themselves.",
    },
    FaultCode.NOT_OF_AGE: {
        "nb": "Den som skal representere noen, må ha fylt 18 år.",
        "en": "Whoever represents somebody must be 18 or older.",
    },
    FaultCode.ONE_VALUE_ONLY: {
        "nb": "Når én måling rettes, trengs den nye verdien og ikke noe annet.",
        "en": "To correct one measurement, give its new value and nothing else.",
    },
}


def fault_sentence(fault: Fault, language: str) -> str:
    """Return the sentence for a fault, in bokmål where the language has none."""
    by_language = _SENTENCES[fault.code]
    template = by_language.get(language, by_language[DEFAULT_LANGUAGE])
    return template.format(allowed=fault.allowed or "…")
