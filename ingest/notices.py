"""What ingestion tells people of: what begins to fail or is well again, and deadlines they wait for."""

from __future__ import annotations

from dataclasses import dataclass

from ingest import alerts
from ingest.clock import utc_now
from ingest.deadline_news import keep_deadline_alerts, of_nobody
from ingest.fetch.policy import Policy
from ingest.service import Ingestion
from ingest.sources.collect import Collected
from kb.errors import StoreFull
from kb.store import health, open_graph
from kb.store.notes import is_new
from kb.store.runs import RunStatus

_NOBODY = "nobody is called so"


@dataclass(frozen=True, slots=True)
class Notices:
    """Notices of one ingestion. Each method raises SourceError if the file of alerts is wrong."""

    ingestion: Ingestion

    def of_run(self, source: str, collected: Collected) -> None:
        """Keep a notice of a run in which a source began to fail, was paused, or was well again."""
        if collected.run is None:
            return
        failed = collected.status is RunStatus.FAILED
        if failed and (collected.paused or health.state(self.ingestion.journal, source).failures == 1):
            self._keep(alerts.failure_alert(source, collected.error or "", collected.run, paused=collected.paused))
        elif not failed and collected.recovered:
            self._keep(alerts.recovery_alert(source, collected.run))

    def of_graph(self, error: Exception) -> None:
        """Keep a notice that what waits cannot be written."""
        self._keep(alerts.graph_alert(str(error)))

    def of_full_disk(self, error: StoreFull) -> list[str]:
        """Send a notice that the disk is full, on which it cannot be kept; returns what went wrong."""
        return alerts.send_now(self._ways(), alerts.full_alert(str(error))) if self._plan().failures else []

    def of_deadlines(self) -> list[str]:
        """Keep notices of what is new about the watched deadlines; returns what is odd about those watched, once.

        Raises AbortRun if the graph cannot be asked.
        """
        plan = self._plan()
        if not (plan.watch and plan.reach_somebody):
            return []
        with open_graph(self.ingestion.settings, create=True) as graph:
            keep_deadline_alerts(self.ingestion.journal, graph, plan.watch, at=utc_now())
            unknown = of_nobody(graph, plan.watch, self._is_news)
        return [alerts.nobody_called(name, near) for name, near in unknown.items()]

    def deliver(self) -> list[str]:
        """Deliver what waits; returns what went wrong."""
        ways, now = self._ways(), utc_now().timestamp()
        if not ways:
            return []
        return alerts.deliver(self.ingestion.journal, ways, now=now, stopping=self.ingestion.stopping)

    def _keep(self, alert: alerts.Alert) -> None:
        """Keep an alert of a failure, if anybody wants it."""
        plan = self._plan()
        if plan.failures and plan.reach_somebody:
            alerts.put(self.ingestion.journal, [alert], utc_now())

    def _ways(self) -> list[alerts.Way]:
        settings = self.ingestion.settings
        return alerts.ways_of(self._plan(), Policy(settings.allowed_hosts), proxy=settings.proxy)

    def _plan(self) -> alerts.Alerts:
        return alerts.load_alerts(self.ingestion.settings.alerts)

    def _is_news(self, name: str) -> bool:
        """True once for a watched name that nobody has."""
        return is_new(self.ingestion.journal, "", name, _NOBODY, utc_now())
