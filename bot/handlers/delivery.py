"""One parcel's calls to the Bot API: the card drawn, the taps answered, and every error taken for what it means."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from telegram.error import RetryAfter, TelegramError

from bot.errors import StorageUnavailableError
from bot.handlers.documents import Documents
from bot.handlers.failures import Failure, attempt, new_reference
from bot.handlers.inline import inline_answer
from bot.handlers.rendering import Card, render, render_notices, toast
from bot.handlers.request import call
from bot.handlers.verdicts import Verdict, judge, seconds_of
from bot.services.reachability import give_up

if TYPE_CHECKING:
    from collections.abc import Awaitable, Mapping

    from telegram import Bot

    from bot.handlers.documents import Prints
    from bot.handlers.gate import Gate
    from bot.handlers.parcel import Parcel, Toast
    from bot.handlers.wire import Json
    from bot.localization import Localizer
    from bot.services.documents import Builders
    from bot.services.inline import Told
    from bot.services.ports import Clock, Storage

logger = logging.getLogger(__name__)

_NO_BUILDERS: Builders = MappingProxyType({})
_NO_PRESSES: Mapping[str, Prints] = MappingProxyType({})
UNSHOWN: Final = "handler.unshown"
_TOASTS_AT_ONCE: Final = 8
_NOT_SENT: Final = frozenset({Verdict.AGAIN, Verdict.HELD, Verdict.REFUSED})


class Delivery:
    """Sends parcels; what could not be sent just now stays in them."""

    def __init__(
        self,
        *,
        bot: Bot,
        storage: Storage,
        gate: Gate,
        clock: Clock,
        builders: Builders = _NO_BUILDERS,
        presses: Mapping[str, Prints] = _NO_PRESSES,
    ) -> None:
        self._bot = bot
        self._storage = storage
        self._gate = gate
        self._clock = clock
        self._documents = Documents(bot=bot, storage=storage, gate=gate, builders=builders, presses=presses)

    async def send(self, parcel: Parcel) -> Verdict:
        """One go at everything in the parcel; the message first, since that is what the person waits for."""
        verdict = await self._send_message(parcel)
        for go_on in (self._send_apart, self._send_documents):
            if verdict in _NOT_SENT or parcel.is_sent:
                break
            verdict = await go_on(parcel)
        return verdict

    async def _send_message(self, parcel: Parcel) -> Verdict:
        if not parcel.toasts:
            return await self._draw(parcel) if parcel.has_message else Verdict.DONE
        answers = asyncio.create_task(self._answer(parcel))
        try:
            drawn = await self._draw(parcel) if parcel.has_message else Verdict.DONE
        finally:
            answered = await answers
        return drawn if drawn in _NOT_SENT else answered

    async def _answer(self, parcel: Parcel) -> Verdict:
        """Answer the taps, a few at a time; those that could not be answered stay in the parcel."""
        left, parcel.toasts = parcel.toasts, []
        verdict = Verdict.DONE
        while left and verdict not in _NOT_SENT:
            now, left = left[:_TOASTS_AT_ONCE], left[_TOASTS_AT_ONCE:]
            verdicts = [await self._toast(parcel, now[0])] if len(now) == 1 else await self._toast_all(parcel, now)
            parcel.toasts += [each for each, outcome in zip(now, verdicts, strict=True) if outcome in _NOT_SENT]
            verdict = next((each for each in verdicts if each in _NOT_SENT), Verdict.DONE)
        parcel.toasts += left
        return verdict

    async def _toast_all(self, parcel: Parcel, toasts: list[Toast]) -> list[Verdict]:
        return await asyncio.gather(*(self._toast(parcel, each) for each in toasts))

    async def tell(self, told: Told, localizer: Localizer) -> None:
        """Answer an inline query; nobody waits long enough for a second try."""
        try:
            await self._bot.answer_inline_query(**inline_answer(told, localizer))
        except RetryAfter as error:
            self._gate.close(seconds_of(error))
        except TelegramError as error:
            verdict = judge(error)
            if verdict is Verdict.REFUSED:
                self._gate.refuse()
            if verdict is not Verdict.DONE:
                logger.warning("inline query not answered error=%s", type(error).__name__)

    async def _toast(self, parcel: Parcel, each: Toast) -> Verdict:
        answer: Json = {"callback_query_id": each.callback_id}
        if each.text is not None:
            answer["text"] = toast(each.text)
        if each.is_alert:
            answer["show_alert"] = True
        return await self._call("answerCallbackQuery", parcel, answer)

    async def _draw(self, parcel: Parcel) -> Verdict:
        card = await attempt(_card(parcel))
        if isinstance(card, Failure):
            return await self._own_up(parcel, str(card))
        verdict = await self._place(parcel, card)
        if verdict is Verdict.ANEW:
            parcel.message_id = None
            verdict = await self._place(parcel, card)
        if verdict is Verdict.REJECTED:
            return await self._own_up(parcel, "rejected by telegram")
        if verdict not in _NOT_SENT:
            parcel.message_sent()
        return verdict

    async def _send_apart(self, parcel: Parcel) -> Verdict:
        """Each of the words that go with a document as a message of its own."""
        while parcel.apart:
            verdict = await self._place(parcel, render_notices(parcel.apart[:1], parcel.localizer))
            if verdict in _NOT_SENT:
                return verdict
            parcel.apart = parcel.apart[1:]
        return Verdict.DONE

    async def _send_documents(self, parcel: Parcel) -> Verdict:
        """Make what is owed and upload it, file by file; what could not be sent just now stays in the parcel."""
        while parcel.documents or parcel.papers or parcel.closing is not None:
            verdict = await self._next_step(parcel)
            if verdict in _NOT_SENT:
                return verdict
        return Verdict.DONE

    async def _next_step(self, parcel: Parcel) -> Verdict:
        if parcel.papers:
            return await self._upload(parcel)
        if parcel.closing is None:
            return await self._make(parcel)
        await parcel.closing()
        parcel.closing = None
        return Verdict.DONE

    async def _make(self, parcel: Parcel) -> Verdict:
        making = self._documents.make(parcel.documents[0], parcel.person, parcel.chat_id, parcel.localizer)
        made = await attempt(making)
        if isinstance(made, Failure):
            if isinstance(made.error, StorageUnavailableError):
                return Verdict.AGAIN
            verdict = await self._own_up(parcel, str(made))
        else:
            parcel.papers, parcel.closing, verdict = list(made.papers), made.closing, Verdict.DONE
        if verdict not in _NOT_SENT:
            parcel.documents = parcel.documents[1:]
        return verdict

    async def _upload(self, parcel: Parcel) -> Verdict:
        sending = self._documents.send(parcel.papers[0], parcel.chat_id, parcel.localizer)
        verdict = await self._outcome("sendDocument", parcel, sending)
        if verdict is Verdict.REJECTED:
            verdict = await self._own_up(parcel, "rejected by telegram")
        if verdict not in _NOT_SENT:
            parcel.papers = parcel.papers[1:]
        return verdict

    async def _own_up(self, parcel: Parcel, failure: str) -> Verdict:
        """Say instead of a card that cannot be drawn that it cannot, under a number, once."""
        reference = new_reference()
        logger.error("card not drawn reference=%s rows=%s failure=%s", reference, parcel.rows, failure)
        parcel.message_sent()
        words = parcel.localizer.say(UNSHOWN, reference=reference)
        return await self._place(parcel, render_notices((words,), parcel.localizer))

    async def _place(self, parcel: Parcel, card: Card) -> Verdict:
        """Edit the card where it stands, or send it as a new message."""
        message: Json = {"chat_id": parcel.chat_id, "text": card.html, "parse_mode": "HTML"}
        if card.keyboard is not None:
            message["reply_markup"] = card.keyboard
        if parcel.message_id is None:
            return await self._call("sendMessage", parcel, message)
        return await self._call("editMessageText", parcel, {**message, "message_id": parcel.message_id})

    async def _call(self, method: str, parcel: Parcel, parameters: Json) -> Verdict:
        return await self._outcome(
            method, parcel, call(self._bot.request, f"{self._bot.base_url}/{method}", parameters)
        )

    async def _outcome(self, method: str, parcel: Parcel, calling: Awaitable[None]) -> Verdict:
        try:
            await calling
        except TelegramError as error:
            return await self._judged(method, parcel, error)
        return Verdict.DONE

    async def _judged(self, method: str, parcel: Parcel, error: TelegramError) -> Verdict:
        verdict = judge(error)
        if isinstance(error, RetryAfter):
            await self._hold(method, parcel, seconds_of(error))
        elif verdict is Verdict.REFUSED:
            logger.error("telegram refuses the token method=%s", method)
            self._gate.refuse()
        elif verdict is Verdict.GONE:
            await self._give_up(parcel)
        elif verdict is Verdict.REJECTED:
            logger.error("telegram rejected a call method=%s rows=%s reason=%s", method, parcel.rows, error)
        elif verdict is Verdict.AGAIN:
            logger.warning("telegram unreachable method=%s error=%s", method, type(error).__name__)
        return verdict

    async def _hold(self, method: str, parcel: Parcel, seconds: float) -> None:
        self._gate.close(seconds)
        logger.warning("telegram asks to wait method=%s seconds=%.0f", method, seconds)
        rows, until = list(parcel.rows), self._clock() + timedelta(seconds=seconds)
        kept = await attempt(self._storage.run(lambda tx: tx.postpone(rows, until)))
        if isinstance(kept, Failure):
            logger.warning("cannot keep how long to wait rows=%s failure=%s", rows, kept)

    async def _give_up(self, parcel: Parcel) -> None:
        """The person blocked the bot or is gone; a group that put it out is no person."""
        parcel.message_sent()
        parcel.toasts, parcel.apart, parcel.documents, parcel.papers = [], [], [], []
        parcel.aside, parcel.closing = [], None
        logger.info("person unreachable person=%d", parcel.person)
        rows, person, now = tuple(parcel.rows), parcel.person, self._clock()
        if parcel.chat_id > 0 and person:
            kept = await attempt(self._storage.run(lambda tx: give_up(tx, person, rows, now)))
            if isinstance(kept, Failure):
                logger.warning("cannot keep who is unreachable person=%d failure=%s", person, kept)


async def _card(parcel: Parcel) -> Card:
    if parcel.screen is None:
        return render_notices(parcel.lines, parcel.localizer)
    return render(parcel.screen, parcel.localizer, parcel.lines)
