"""Draws from a seed what is killed, stopped, cut off and emptied, and when; and does it."""

import heapq
import itertools
import random
import subprocess
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from integration.delivery.lease import LEASE
from tests.killing.stage import QUIET, QUIETLY, WORKERS, WORKING, Stage

DEPLOY_PATIENCE = 35.0
SKEW = 300.0
BETWEEN = 30.0
"""Seconds from one promotion to the next, which comes while everything is still being looked up after the one before."""
AFTER_A_PROMOTION = 10.0
"""Seconds for which faults go on."""
LAG = (2.0, 8.0)
"""So many seconds, at least and at most, a standby lags behind when it is promoted."""
MADE_BY_GOOGLE = ({"kind": "late", "on": "courses.*.create", "share": 0.01, "seconds": 45, "times": 0},
                  {"kind": "late", "on": "courses.*.patch", "share": 0.005, "seconds": 20, "times": 0},
                  {"kind": "stale", "on": "courses.*.list", "share": 0.1, "seconds": 60, "times": 0})


@dataclass(frozen=True)
class Score:
    """How often each fault is to happen."""

    kills: int
    restarts: int
    redis: int
    promotions: int

    @property
    def busy(self) -> float:
        """The seconds in which posts are sent and faults fall: each leaves some time for work to begin again."""
        return max(15.0, self.kills * 1.2, self.restarts * 7.0, self.redis * 16.0)

    @property
    def seconds(self) -> float:
        """How long it takes. What is killed while nothing may be sent would prove nothing, so faults wait for the end of that."""
        return self.busy + self.pause

    @property
    def pause(self) -> float:
        """How long nothing is sent within the run: after every promotion but the last, with which the run ends."""
        return 0.0 if self.promotions < 2 else QUIET + BETWEEN * (self.promotions - 2) + AFTER_A_PROMOTION


@dataclass
class Conductor:
    """Does the faults of a score on a stage, in one thread, and counts them."""

    stage: Stage
    score: Score
    chance: random.Random
    done: Counter[str] = field(default_factory=Counter)
    _order: "itertools.count[int]" = field(default_factory=itertools.count)
    _coming: list[tuple[float, int, Callable[[], None]]] = field(default_factory=list)

    def run(self) -> None:
        """Do everything; at the end everything runs again and the weather is fair."""
        self._write_down()
        self.stage.weather.is_bad = True
        self.stage.order(*MADE_BY_GOOGLE)
        began = time.monotonic()
        while self._coming:
            self.stage.keeper.tend()
            if self._coming[0][0] <= time.monotonic() - began:
                heapq.heappop(self._coming)[2]()
            else:
                time.sleep(0.05)
            self._now = time.monotonic() - began
        self.stage.weather.is_bad = False
        self.stage.order()
        self.stage.keeper.tend()

    def _write_down(self) -> None:
        length, kills = self.score.busy, self.score.kills
        self._now = 0.0
        for what, times in ((self._kill_a_child, kills - kills * 2 // 5), (self._kill_a_worker, kills // 5),
                            (self._freeze_a_worker, kills // 5), (self._kill_the_clock, -(-kills // 20)),
                            (self._deploy, -(-kills // 20)), (self._empty_redis, self.score.redis // 2)):
            for _ in range(times):
                self._at(self.chance.uniform(0, length), what)
        # These two need their own stretch of time each, so that one is up again before the next goes down.
        for what, times in ((self._cut_postgres, self.score.restarts), (self._kill_redis, -(-self.score.redis // 2))):
            for number in range(times):
                self._at((number + self.chance.uniform(0, 0.5)) * length / times, what)
        first = self._first_promotion
        for number in range(self.score.promotions):
            is_last = number == self.score.promotions - 1
            self._order_at(self.score.seconds if is_last else first + number * BETWEEN, self._let_fall_behind)
        if kills >= 100:
            self._at(length * 0.1, lambda: self._freeze_a_worker(LEASE + 10))
            self._at(length * 0.5, self._begin_outage)

    @property
    def _first_promotion(self) -> float:
        return self.score.busy * 0.4

    def _at(self, moment: float, what: Callable[[], None]) -> None:
        """At a moment of the busy time, which stands still while nothing is sent."""
        is_after = self.score.pause and moment > self._first_promotion + AFTER_A_PROMOTION
        self._order_at(moment + self.score.pause if is_after else moment, what)

    def _order_at(self, moment: float, what: Callable[[], None]) -> None:
        heapq.heappush(self._coming, (moment, next(self._order), what))

    def _in(self, seconds: float, what: Callable[[], None]) -> None:
        self._order_at(self._now + seconds, what)

    def _kill_a_child(self) -> None:
        name = self.chance.choice(self._awake())
        if self.stage.keeper.kill_a_child(name, self.chance):
            self.done["SIGKILL of a worker's child"] += 1
        else:
            self._kill_a_worker()

    def _kill_a_worker(self) -> None:
        name = self.chance.choice(self._awake())
        skew = self.chance.choice((0.0, 0.0, -SKEW, SKEW))
        ahead = ("--ahead", str(skew)) if skew else ()
        command = self.stage.keeper.commands[name]
        self.stage.keeper.commands[name] = [*command[:3], *QUIETLY, *ahead, *WORKING]
        self.stage.keeper.kill(name)
        self.done["SIGKILL of a whole worker"] += 1
        self.done["worker begun with a clock five minutes off"] += bool(skew)

    def _freeze_a_worker(self, seconds: float = 0.0) -> None:
        awake = self._awake()
        if len(awake) == 1:
            return self._in(1.0, lambda: self._freeze_a_worker(seconds))
        name = self.chance.choice(awake)
        # Most pauses are short; a few are long.
        seconds = seconds or 1 + 99 * self.chance.random() ** 4
        # Who is stopped near the end of the run goes on when the last deploy must be over.
        seconds = min(seconds, max(1.0, self.score.seconds + DEPLOY_PATIENCE - self._now))
        pid = self.stage.keeper.freeze(name)
        self.done["SIGSTOP of a worker" + (", longer than a lease" if seconds > LEASE else "")] += 1
        return self._in(seconds, lambda: self.stage.keeper.thaw(name, pid))

    def _kill_the_clock(self) -> None:
        self.stage.keeper.kill("clock")
        self.done["SIGKILL of the clock"] += 1

    def _deploy(self) -> None:
        name = self.chance.choice([*self._awake(), "web", "clock"])
        pid = self.stage.keeper.ask_to_end(name)
        self.done["SIGTERM, as at a deploy"] += 1
        self._in(DEPLOY_PATIENCE, lambda: self._lose_patience(name, pid))

    def _lose_patience(self, name: str, pid: int) -> None:
        if self.stage.keeper.is_still(name, pid):
            self.stage.keeper.kill(name)
            self.done["deploy that did not end in 35 s"] += 1

    def _empty_redis(self) -> None:
        socket = self.stage.redis[self.stage.redis.index("--unixsocket") + 1]
        program = self.stage.redis[0].replace("redis-server", "redis-cli")
        emptied = subprocess.run([program, "-s", socket, "flushall"], check=False, capture_output=True)
        if emptied.returncode == 0 and b"OK" in emptied.stdout:
            self.done["FLUSHALL"] += 1
        else:
            self._in(1.0, self._empty_redis)

    def _kill_redis(self) -> None:
        self.stage.keeper.drop("redis")
        self.done["SIGKILL of Redis"] += 1
        self._in(5 * self.chance.random(), self.stage.start_redis)

    def _cut_postgres(self) -> None:
        if self.stage.postgres.is_copying:
            return self._in(1.0, self._cut_postgres)
        self.stage.postgres.cut()
        self.done["immediate stop of Postgres"] += 1
        return self._in(2 * self.chance.random(), self.stage.postgres.start)

    def _let_fall_behind(self) -> None:
        if not self.stage.postgres.tend_standby():
            return self._in(0.5, self._let_fall_behind)
        self.stage.postgres.fall_behind()
        lag = self.chance.uniform(*LAG)
        return self._in(lag, lambda: self._promote(self._now))

    def _promote(self, lost_from: float) -> None:
        forgotten = self.stage.postgres.promote()
        if forgotten is None:
            # It was cut off a moment ago, and is on its way up.
            return self._in(0.5, lambda: self._promote(lost_from))
        self.done["promotion of a standby that lagged behind"] += 1
        self.done["rows that promotions forgot"] += forgotten
        return None

    def _begin_outage(self) -> None:
        self.stage.weather.is_outage = True
        self.done["outage of Google, 25 s"] += 1
        self._in(25.0, self._end_outage)

    def _end_outage(self) -> None:
        self.stage.weather.is_outage = False

    def _awake(self) -> list[str]:
        return [name for name in WORKERS if name not in self.stage.keeper.frozen]
