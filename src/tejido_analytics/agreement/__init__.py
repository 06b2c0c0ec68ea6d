"""Do two or more people who judge the same things judge alike? Beyond what chance would give, with an interval."""

from tejido_analytics.agreement.chance import COEFFICIENTS, coefficient
from tejido_analytics.agreement.codes import CodeAgreement, by_code
from tejido_analytics.agreement.kappa import kappa, table_of
from tejido_analytics.agreement.krippendorff import LEVELS, alpha
from tejido_analytics.agreement.ratings import coded

__all__ = [
    "COEFFICIENTS",
    "LEVELS",
    "CodeAgreement",
    "alpha",
    "by_code",
    "coded",
    "coefficient",
    "kappa",
    "table_of",
]
