"""Citing: what a source looks like in each style.

Pure: no tables and no Google. The engine is pandoc with the styles of the Citation Style Language; before it each style is
prepared, after it some kinds are said in our own words, because a style guide asks for what the engine cannot know.
"""
