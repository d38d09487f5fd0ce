"""`python -m web.commands` is `throughline`."""

from web.commands import main

main()
