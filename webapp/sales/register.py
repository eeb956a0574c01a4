"""What sales offers to all."""

from webapp.kernel.register import registers

registers.settings["sales.reps_see_all"] = True
