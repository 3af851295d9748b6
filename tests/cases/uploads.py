"""Files to hand in: honest ones of every kind, and a corpus of hostile ones."""

import io
import struct
import zlib
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width=2, height=2):
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    rows = chunk(b"IDAT", zlib.compress(b"\x00" + b"\x00" * 6))
    return b"\x89PNG\r\n\x1a\n" + head + rows + chunk(b"IEND", b"")


def jpeg(width=2, height=2, frame=True):
    start = b"\xff\xd8\xff\xe0" + struct.pack(">H", 16) + b"JFIF\x00\x01\x01\x00" + b"\x00" * 6
    sof = b"\xff\xc0" + struct.pack(">HBHHB", 17, 8, height, width, 3) + b"\x00" * 9
    return start + (sof if frame else b"") + b"\xff\xda\x00\x02data\xff\xd9"


def archive(parts, compression=ZIP_DEFLATED):
    written = io.BytesIO()
    with ZipFile(written, "w", compression) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return written.getvalue()


TYPES = {"[Content_Types].xml": "<Types/>"}
DOCX = archive({**TYPES, "word/document.xml": "<w/>"})
XLSX = archive({**TYPES, "xl/workbook.xml": "<x/>"})
ODT_TYPE = "application/vnd.oasis.opendocument.text"
ODT = archive({"mimetype": ODT_TYPE, "content.xml": "<o/>"}, ZIP_STORED)
ODS = archive({"mimetype": ODT_TYPE[:-4] + "spreadsheet", "content.xml": "<o/>"})

HONEST = {
    "plan.pdf": PDF, "PLAN.PDF": PDF, "bild.png": png(), "foto.jpg": jpeg(), "foto.jpeg": jpeg(),
    "brev.docx": DOCX, "kalkyl.xlsx": XLSX, "brev.odt": ODT, "kalkyl.ods": ODS,
    "text.txt": "Åäö – text".encode(), "med.flera.punkter.pdf": PDF,
}  # fmt: skip

HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
EXE = b"MZ\x90\x00" + b"\x00" * 100
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
BOMB = archive({**TYPES, "word/document.xml": b"\x00" * 30_000_000})
PARTS = archive({**TYPES, "word/document.xml": "-", **{f"word/{n}.xml": "-" for n in range(5001)}})


def broken(content):
    return content[: len(content) // 2]


#: Each must be refused.
HOSTILE = {
    # kinds that are not taken, whatever they hold
    "bild.svg": SVG, "sida.html": HTML, "sida.htm": HTML, "sida.xhtml": HTML, "sida.xml": SVG,
    "skript.js": b"alert(1)", "skript.mjs": b"alert(1)", "prog.exe": EXE, "prog.com": EICAR,
    "prog.bat": b"del *", "prog.cmd": b"del *", "prog.ps1": b"rm", "prog.sh": b"#!/bin/sh\nrm",
    "prog.py": b"print()", "prog.php": b"<?php", "prog.jsp": b"<%", "prog.jar": DOCX,
    "makron.docm": DOCX, "makron.xlsm": XLSX, "gammal.doc": b"\xd0\xcf\x11\xe0", "arkiv.zip": DOCX,
    "arkiv.7z": b"7z\xbc\xaf", "arkiv.gz": b"\x1f\x8b", "lank.lnk": b"L\x00", "lank.url": b"[I]",
    "bild.gif": b"GIF89a", "bild.webp": b"RIFF", "bild.bmp": b"BM", "ps.eps": b"%!PS",
    "utan": PDF, ".pdf": PDF, "plan.pdf ": PDF, "plan.pdf.exe": PDF, "plan.pdf.": PDF,
    "plan.ｐｄｆ": PDF, "plan.pdf/..": PDF,
    # what is not what its name says
    "html.pdf": HTML, "svg.pdf": SVG, "exe.pdf": EXE, "eicar.pdf": EICAR, "docx.pdf": DOCX,
    "sen.pdf": HTML + PDF, "halv.pdf": broken(PDF), "html.png": HTML, "svg.png": SVG,
    "jpg.png": jpeg(), "halv.png": png()[:20], "html.jpg": HTML, "png.jpg": png(),
    "halv.jpg": jpeg()[:30], "utan-ram.jpg": jpeg(frame=False), "html.docx": HTML, "pdf.docx": PDF,
    "xlsx.docx": XLSX, "docx.xlsx": DOCX, "odt.ods": ODT, "docx.odt": DOCX,
    "halv.docx": broken(DOCX),
    "arkiv.docx": archive({"a.txt": "-"}), "exe.txt": EXE, "latin.txt": "Åäö".encode("latin-1"),
    "utf16.txt": "Åäö".encode("utf-16"),
    # what harms whoever opens it
    "skript.pdf": PDF.replace(b"/Catalog", b"/Catalog /OpenAction << /S /JavaScript /JS (x) >>"),
    "start.pdf": PDF.replace(b"/Catalog", b"/Catalog /AA << /S /Launch /F (cmd.exe) >>"),
    "inbakad.pdf": PDF.replace(b"/Catalog", b"/Catalog /Names << /EmbeddedFile 2 0 R >>"),
    "makron.docx": archive({**TYPES, "word/document.xml": "-", "word/vbaProject.bin": "-"}),
    "makron.xlsx": archive({**TYPES, "xl/workbook.xml": "-", "xl/vbaProject.bin": "-"}),
    "makron.odt": archive({"mimetype": ODT_TYPE, "Basic/Standard/script.xml": "-"}),
    "objekt.docx": archive({**TYPES, "word/document.xml": "-", "word/embeddings/o.exe": "-"}),
    "bomb.docx": BOMB, "delar.docx": PARTS, "bomb.png": png(60_000, 60_000),
    "bomb.jpg": jpeg(65_000, 65_000), "noll.png": png(0, 9),
    # sizes and names
    "tom.pdf": b"", "tom.txt": b"", "stor.txt": b"a" * (10 * 1024 * 1024 + 1),
    "nul.txt": b"a\x00b", "a" * 160 + ".pdf": PDF, "rad\nbrytning.pdf": PDF, "tab\t.pdf": PDF,
}  # fmt: skip
