"""Every e-mail we send: written first, sent once, and seen by the librarian before it goes unless she said otherwise."""
