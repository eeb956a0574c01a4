"""What finance offers to the kernel's registers."""

from webapp.kernel.register import registers

from .checks import CHECKS
from .verbs import lay_chart

registers.starts.append(lay_chart)
registers.checks += CHECKS
