"""Names for people who do not exist."""

from collections.abc import Iterator
from random import Random

CANARY = "Canarychild"
"""A word in the name, address and every line of each pretend student, so that one search finds any leak."""

TEACHERS = {
    "gomez": "Rosa Gomez", "adeyemi": "Tunde Adeyemi", "whitfield": "Carol Whitfield", "tanaka": "Kenji Tanaka",
    "novak": "Petra Novak", "delgado": "Luis Delgado", "brandt": "Ilse Brandt", "reyes": "Ana Reyes",
    "lee": "Grace Lee", "moreau": "Claire Moreau", "kim": "Joon Kim", "abara": "Ngozi Abara",
    "patel": "Meera Patel", "osei": "Kofi Osei", "larsen": "Nils Larsen", "haddad": "Samira Haddad",
    "oneil": "Deirdre O’Neil", "fontaine": "Jean-Luc Fontaine", "yazzie": "Shania Yazzie", "kowalski": "Marek Kowalski",
    "washington": "Denise Washington", "castillo": "Íñigo Castillo",
}
"""The teachers of the demo school, by the key its classes are listed under."""

FIRST = (
    "Ada", "Amir", "Bea", "Caleb", "Chloe", "Dario", "Dina", "Eli", "Esme", "Farah", "Finn", "Gia", "Hana", "Hugo",
    "Ines", "Ivan", "Jade", "Jonah", "Kaia", "Kofi", "Lena", "Leo", "Luz", "Mateo", "Mina", "Nia", "Noor", "Omar",
    "Otis", "Paz", "Priya", "Quinn", "Rafi", "Rosa", "Sami", "Skye", "Tara", "Theo", "Uma", "Vera", "Wren", "Xavi",
    "Yara", "Zane", "Zoe",
)
LAST = (
    "Abbott", "Alvarez", "Bauer", "Begay", "Carter", "Chen", "Diaz", "Dubois", "Evans", "Fischer", "Flores",
    "Garcia", "Grant", "Hansen", "Hughes", "Ibrahim", "Ito", "Jackson", "Jensen", "Khan", "Kelly", "Lopez", "Mbeki",
    "Meyer", "Morales", "Nguyen", "Novak", "Okoro", "Olsen", "Park", "Perez", "Quist", "Rossi", "Ruiz", "Santos",
    "Singh", "Smith", "Torres", "Umar", "Vega", "Walker", "Weber", "Xu", "Young", "Zapata",
)


def grown_ups(random: Random) -> Iterator[str]:
    """Names without end; the same seed gives the same ones."""
    while True:
        yield f"{random.choice(FIRST)} {random.choice(LAST)}"


def children(random: Random) -> Iterator[str]:
    """Names of students without end, each holding the canary word."""
    while True:
        yield f"{random.choice(FIRST)} {CANARY}-{random.choice(LAST)}"


def address(name: str, domain: str, number: int = 0) -> str:
    """An e-mail address as a school would make it from a name."""
    plain = name.casefold().translate(str.maketrans("íñéó", "ineo", "’'"))
    return f"{'.'.join(plain.split())}{number or ''}@{domain}"
