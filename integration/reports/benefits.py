"""The nine benefits of partnerships, in our own short words."""

BENEFITS = {
    "outcomes": "Student learning", "resources": "Resources well used", "prof-growth": "Professional growth",
    "personalized": "Personalized learning", "advocacy": "Advocacy for the library", "culture": "School culture",
    "curriculum": "Curriculum", "reach": "Reach and impact", "innovation": "Innovation",
}
"""Our short words for what the talk names."""
