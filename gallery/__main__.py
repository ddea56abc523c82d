"""`python -m gallery`: writes build/gallery/index.html, and the same in pictures."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from gallery.collection import collect
from gallery.page import html


@click.command()
@click.option("--out", type=click.Path(path_type=Path), default=Path("build/gallery"), show_default=True)
@click.option("--pictures/--no-pictures", default=True, show_default=True)
def main(*, out: Path, pictures: bool) -> None:
    """Draw every screen in every language."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    shots = collect()
    page = out / "index.html"
    page.write_text(html(shots), "utf-8")
    click.echo(f"{len(shots)} screens and notices: {page}")
    if pictures:
        from gallery.pictures import take  # noqa: PLC0415 - the page alone needs no browser

        click.echo(f"{take(page, out)} pictures: {out}/*.png")


main()
