"""Which subject a class is, by its own words. Pure."""

import re

SUBJECTS = {
    "library": ("library", "media center", "research", "information literacy"),
    "science": ("science", "biology", "bio", "chem", "chemistry", "physics", "stem", "ecology", "anatomy", "ciencias"),
    "social-studies": ("social studies", "history", "geography", "civics", "government", "economics", "econ", "psychology"),
    "math": ("math", "maths", "mathematics", "algebra", "geometry", "calc", "calculus", "statistics", "precalc", "trig"),
    "ela": ("ela", "english", "reading", "readers", "writing", "literature", "language arts", "lang arts", "lang", "lit",
            "lectura", "book", "stories", "read-aloud", "journalism", "yearbook"),
    "languages": ("spanish", "french", "german", "latin", "mandarin", "chinese", "japanese", "asl", "world languages"),
    "music": ("band", "choir", "orchestra", "music", "chorus"),
    "art": ("art", "arts", "ceramics", "drawing", "painting", "theater", "theatre", "drama", "dance"),
    "technology": ("robotics", "technology", "computer", "computer science", "coding", "maker", "makerspace", "tech"),
    "health-pe": ("pe", "p.e.", "physical education", "gym", "health"),
}
"""Subject code → words that tell it; earlier codes win."""

_TELLS = {code: re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words)) + r")(?!\w)", re.I)
          for code, words in SUBJECTS.items()}


def subject_of(*texts: str) -> str:
    """The code of the first text that names a subject, or an empty string; give the most official text first."""
    for text in texts:
        for code, tell in _TELLS.items():
            if tell.search(text):
                return code
    return ""
