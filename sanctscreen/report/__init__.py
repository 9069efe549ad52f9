"""What a person sees in a terminal: results, summaries, lists, differences, measures.

Each function returns something that ``rich`` prints; nothing here prints by itself.
"""

from sanctscreen.report.cleared import clearances_view
from sanctscreen.report.configuration import config_view
from sanctscreen.report.ledger import verified_view
from sanctscreen.report.lists import diff_view, list_view, party_view
from sanctscreen.report.measures import evaluation_view
from sanctscreen.report.parts import plain
from sanctscreen.report.payments import payment_view
from sanctscreen.report.rescreening import moved_view, rescreened_view
from sanctscreen.report.screening import comparison_view, result_view, summary_view

__all__ = [
    "clearances_view",
    "comparison_view",
    "config_view",
    "diff_view",
    "evaluation_view",
    "list_view",
    "moved_view",
    "party_view",
    "payment_view",
    "plain",
    "rescreened_view",
    "result_view",
    "summary_view",
    "verified_view",
]
