"""What ingestion tells people of: sources that begin to fail or are paused, and deadlines they wait for."""

from __future__ import annotations

from dataclasses import dataclass

from ingest import alerts
from ingest.clock import utc_now
from ingest.deadline_news import keep_deadline_alerts
from ingest.fetch.policy import Policy
from ingest.service import Ingestion
from ingest.sources.collect import Collected
from kb.store import health, open_graph
from kb.store.runs import RunStatus


@dataclass(frozen=True, slots=True)
class Notices:
    """Notices of one ingestion. Each method raises SourceError if the file of alerts is wrong."""

    ingestion: Ingestion

    def of_run(self, source: str, collected: Collected) -> None:
        """Keep a notice of a run in which a source began to fail, or was paused."""
        plan = self._plan()
        if collected.status is not RunStatus.FAILED or collected.run is None or not plan.failures:
            return
        first = health.state(self.ingestion.journal, source).failures == 1
        if plan.reach_somebody and (first or collected.paused):
            alert = alerts.failure_alert(source, collected.error or "", collected.run, paused=collected.paused)
            alerts.put(self.ingestion.journal, [alert], utc_now())

    def of_deadlines(self) -> None:
        """Keep notices of what is new about the watched deadlines. Raises AbortRun if the graph cannot be asked."""
        plan = self._plan()
        if not (plan.watch and plan.reach_somebody):
            return
        with open_graph(self.ingestion.settings, create=True) as graph:
            keep_deadline_alerts(self.ingestion.journal, graph, plan.watch, at=utc_now())

    def deliver(self) -> list[str]:
        """Deliver what waits; returns what went wrong."""
        settings, now = self.ingestion.settings, utc_now().timestamp()
        ways = alerts.ways_of(self._plan(), Policy(settings.allowed_hosts), proxy=settings.proxy)
        if not ways:
            return []
        return alerts.deliver(self.ingestion.journal, ways, now=now, stopping=self.ingestion.stopping)

    def _plan(self) -> alerts.Alerts:
        return alerts.load_alerts(self.ingestion.settings.alerts)
