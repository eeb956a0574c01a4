"""What a scanned, typed or photographed code says: GTINs and GS1 element strings, and codes on pictures.

`read(text, fnc1)` gives every reading of a text, or why there is none; `read_image(data)` the codes on a picture.
What can be read in several ways is returned as several readings: a person is asked, nothing is guessed.
"""

from .codes import gtin14, upc_e
from .decode import NOTHING_SEEN, Seen, read_image
from .gs1 import Read, Reading, read
from .sscc import sscc_of
from .words import why_words

__all__ = ["NOTHING_SEEN", "Read", "Reading", "Seen", "gtin14", "read", "read_image", "sscc_of", "upc_e", "why_words"]
