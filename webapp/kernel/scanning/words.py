"""Why a code cannot be read, in words that say what to do."""

from webapp.kernel.i18n import N_, words

from .gs1 import Read

WHY = {
    "empty": N_("There is no code. Scan or type one."),
    "characters": N_("There are signs in it that no code has. Scan it again."),
    "check_digit": N_("A digit of %(value)s is wrong: with these digits it would be %(right)s. Scan it again."),
    "identifier": N_("“%(value)s” begins no element that GS1 knows. Scan it again, or type the code."),
    "value": N_("“%(value)s” is no value for (%(ai)s). Scan it again, or type the code."),
    "date": N_("%(value)s after (%(ai)s) is no date. Look at the label and type the code."),
    "repeated": N_("(%(ai)s) stands there twice, with different values. Scan one code at a time."),
    "several": N_("This can be read in several ways. Choose what the label says."),
}


def why_words(read: Read) -> str:
    """Why a code was not read, or that it must be asked about; nothing where all is clear."""
    if read.why:
        return words(WHY[read.why], read.about)
    return words(WHY["several"], {}) if read.ambiguous else ""
