#!/bin/sh
# Chinese fonts for PDF: installed where this machine allows it, and named where it does not. Never fails.
# $1 is the Python that zicha is installed for.
lacking="from bot.reports.pdf.fonts import FontChoice, lacking; raise SystemExit(bool(lacking(FontChoice())))"
"$1" -c "$lacking" && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq >/dev/null 2>&1
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq fonts-noto-cjk fonts-hanazono >/dev/null 2>&1 && exit 0
fi
echo "PDF needs Chinese fonts, for example the Debian packages fonts-noto-cjk and fonts-hanazono; DOCX and XLSX work without." >&2
