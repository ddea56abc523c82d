"""Setting and removing the webhook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.webhook import DEFAULT_CONNECTIONS, MOST_CONNECTIONS, Webhook, check_address, check_secret
from sandbox.wire import ApiError, refused, too_many_requests

if TYPE_CHECKING:
    from sandbox.parameters import Parameters
    from sandbox.wire import Json
    from sandbox.world import World

PACE = 1.0


def set_webhook(world: World, parameters: Parameters) -> bool:
    """Post updates to an address from now on; an empty one ends that."""
    url = parameters.text("url").strip()
    if not url:
        return delete_webhook(world, parameters)
    now = world.now()
    wanted = Webhook(
        check_address(url, local=world.local),
        check_secret(parameters.text("secret_token")),
        _certificate(parameters),
        parameters.text("ip_address"),
        max(1, min(parameters.integer("max_connections", DEFAULT_CONNECTIONS), MOST_CONNECTIONS)),
        set_at=now,
    )
    if 0 <= now - world.webhook.set_at < PACE:
        raise too_many_requests(1)
    _allow(world, parameters)
    wanted.allowed_updates = world.queue.narrowed
    world.webhook.take(wanted)
    _drop(world, parameters)
    world.queue.arrived.fire()
    return True


def delete_webhook(world: World, parameters: Parameters) -> bool:
    """Post nothing any more, and forget waiting updates if asked to."""
    world.webhook.clear()
    _drop(world, parameters)
    return True


def get_webhook_info(world: World, parameters: Parameters) -> Json:  # noqa: ARG001 - every method takes both
    """Tell where updates are posted to, how many wait, and what went wrong last."""
    return world.webhook.info(len(world.queue))


def _drop(world: World, parameters: Parameters) -> None:
    if parameters.flag("drop_pending_updates"):
        world.queue.clear()
    world.hub.publish("webhook", url=world.webhook.url)


def _allow(world: World, parameters: Parameters) -> None:
    try:
        listed = parameters.structure("allowed_updates", "unreadable")
    except ApiError:  # Telegram passes over a list it cannot read
        return
    if isinstance(listed, list):
        world.queue.allow(listed)


def _certificate(parameters: Parameters) -> str:
    if upload := parameters.uploads.get("certificate"):
        return upload.content.decode(errors="replace")
    if parameters.text("certificate"):
        raise refused("certificate must be uploaded as a file")
    return ""
