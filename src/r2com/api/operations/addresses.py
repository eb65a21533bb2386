"""One list of addresses, so that reading and writing share them."""

from ninja import Router

router = Router()
