"""PLACEHOLDER by the lead: replace this file."""

from gui.chain.study import Study


class MatricesStudy(Study):
    def show_trace(self, t):
        pass
