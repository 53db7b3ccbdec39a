"""What ``--help`` says of each command."""

from __future__ import annotations

MAIN_DESCRIPTION = """\
Separate the article body from the boilerplate in scraped web text: bylines, comment forms,
share bars, related stories, notices and footers go; the article and all that it quotes stay."""

MAIN_EPILOG = """\
examples:
  boilerkill clean crawl -o cleaned       clean a folder into another, which keeps its tree
  boilerkill clean < page.txt             clean standard input to standard output
  boilerkill explain page.txt             show what goes, what stays, and why
  boilerkill report crawl -o report.html  show it on a page, for a document or a corpus
  boilerkill compare crawl -o tools.html  show what other tools keep and lose, side by side
  boilerkill learn crawl -o site.profile  learn what stands on many pages of a site
  boilerkill status cleaned               show how far a run has come

`boilerkill clean --help` says the rest, and so it is of the others."""

CLEAN_DESCRIPTION = """\
Clean scraped text and pages. Cleaning what is clean already changes nothing, and no quotation
is lost. What is read is never changed; what is written has its name only when it is whole.

kinds of files, by their names (a file given by its own path also by what it holds):
  .txt .text .md .markdown    one document each; UTF-8, UTF-16 and UTF-32 are found out exactly,
                              other encodings by a good guess
  .html .htm .xhtml           one page each; page.html becomes page.html.txt, for it is text then
  .jsonl .ndjson .csv         a document a line or row; the others of its fields are kept
  .parquet .arrow .feather    a document a row; columns, types and groups of rows are kept
  .warc .wet                  HTML responses and conversions; they become WET (crawl.warc.wet)
  .zip .tar .tgz              archives of such files; they become such archives
Any of them may be compressed (.gz, .zst), and is written so. Other files are left out, in folders
and in archives; symbolic links to folders are not followed; the closing table counts both.
What was encoded for the way (gzip, br, chunked) in WARC is decoded; bytes of a PNG, PDF or such
fail, whatever they are called. --encoding is that of text, HTML, JSONL and CSV, and of binary
columns; what is written is UTF-8."""

CLEAN_EPILOG = """\
where the documents go:
  one file      OUT is the file to write, or a folder if it exists as one or ends in a slash
  one folder    its tree goes straight into OUT: crawl/a/b.txt becomes OUT/a/b.txt
  several       each keeps its name: crawl/a/b.txt becomes OUT/crawl/a/b.txt
  no path       standard input, JSONL or one text, is cleaned to standard output or the file OUT
  --to KIND     all of them go to the file OUT (out.jsonl, out.parquet, out.txt) or, if it is not
                named so, to OUT/part-00000-of-0000N.KIND; in .txt a form feed stands between two
  A folder that is to be made and is named as a file (out.csv) ends in a slash.

a run that was killed or stopped:
  The same command again goes on where it stopped. OUT/.boilerkill (of one file, .OUT.boilerkill
  beside it) says what is done, with which version and options; with others, or where a file has
  changed, the command asks for --overwrite, unless nothing is done yet. `boilerkill status OUT`
  reads it; of one file, it goes when all of that is cleaned.

what fails:
  A document that can't be read, takes too long, is too large or kills its process is named in
  OUT/.boilerkill/failures.jsonl with its source, position and reason; the others are done.

exit code:
  0    all is cleaned
  1    some document failed, or the run could not go on, as on a full disk
  2    the command can't begin, and nothing has been written: a wrong option, a PATH that does
       not exist, no document in any PATH, outputs that exist (without --overwrite), an output
       inside an input or an input inside the output, two documents with one output, an output
       that is named as a file of another kind; so it is of the FILE of --report
  130  stopped by Ctrl-C; 143 by SIGTERM

examples:
  boilerkill clean crawl -o cleaned
  boilerkill clean crawl notes.txt -o cleaned-too --jobs 2
  boilerkill clean page.txt -o page.clean.txt
  boilerkill clean page.txt -o - | wc -w
  curl -s https://example.org/page.txt | boilerkill clean > page.clean.txt
  boilerkill clean crawl -o with-comments --keep COMMENT,BYLINE
  boilerkill clean crawl -o careful --threshold 0.2
  boilerkill clean crawl -o crawl.jsonl --to jsonl --add title,byline
  boilerkill clean crawl -o shards --to jsonl --shards 8
  boilerkill clean crawl -o by-site --learn
  boilerkill clean crawl --sample 1
  boilerkill clean crawl -o planned --dry-run"""

LEARN_DESCRIPTION = """\
Learn the furniture of sites: lines that stand on many pages of one site, whatever they say. The
profile that is written is for `boilerkill clean --profile`, and for the profile of clean() in
Python. A quotation stays, on however many pages it stands."""

LEARN_EPILOG = """\
exit code:
  0  the profile is written
  1  it is, and some document could not be read (it is named), or it can't be written
  2  no document found, none with the field of --group, a profile that exists (without
     --overwrite) or is an input; nothing is written

examples:
  boilerkill learn crawl -o site.profile
  boilerkill clean crawl -o cleaned-by-site --profile site.profile"""

STATUS_DESCRIPTION = """\
Say how far a run has come, from the ledger in its output: version, options, how many files are
done, wait and failed, and what failed."""

STATUS_EPILOG = """\
exit code: 0, 2 if there is no ledger

examples:
  boilerkill status cleaned"""

EXPLAIN_DESCRIPTION = """\
Show each segment of a document (a paragraph, a line or a part of one): whether it is kept, its
kind, its score (the probability that it is body), and the reasons that weighed most. Nothing
is written. Control characters are shown escaped."""

EXPLAIN_EPILOG = """\
how to read it:
  removed  BYLINE        0.00  looks like a byline: 'By Ann Lee' (en) -10.0; where ... +3.0
      By Ann Lee
  A number behind a reason is what it adds to the log-odds: below 0 it speaks against body. The
  heaviest three are shown; all of them, with --json, add up to the log-odds of the score. A
  segment that goes has a score below the threshold; one with a quotation never goes.

exit code: 0, 1 if the document can't be read or is binary, 2 for wrong usage

examples:
  boilerkill explain page.txt
  boilerkill explain page.txt | grep -A1 '^removed'
  boilerkill explain --json < page.txt | jq -r 'select(.kept | not) | .text'"""

REPORT_DESCRIPTION = """\
Write one HTML page that shows documents: the text as it was, what stays and what goes, coloured by
kind, quotations marked, scores and reasons; and of a corpus what goes by kind, scores, lengths, the
lines that are removed most often and the documents worth a look. The page asks for nothing from
elsewhere; it can be opened from the disk and sent to others. Texts are shown as text, whatever
they hold. Inputs are read as `boilerkill clean` reads them."""

REPORT_EPILOG = """\
how much it shows:
  Of more than N documents (--sample), N drawn at random. So that the page stays usable, it shows
  four million characters of a document, and the texts of the first 48 million in all; it says
  what is left out, and its figures count everything that was drawn.

exit code:
  0  the page is written
  1  it is, and some document could not be read (the page names it), or the page can't be written
  2  a wrong option, no document found, an output that exists (without --overwrite) or is an input;
     nothing is written

examples:
  boilerkill report page.txt -o seen.html
  boilerkill report crawl -o report.html
  boilerkill report crawl -o some.html --sample 20 --seed 7
  boilerkill report - -o - < page.txt > other.html

`pip install 'boilerkill[report]'` brings what it needs."""

COMPARE_DESCRIPTION = """\
Write one HTML page that shows what boilerkill and other tools make of the same pages, side by side:
what each keeps and loses, word by word, and the quotations that it loses. The other tools read HTML
alone: a document that is text is named as such and left out. A tool that is not installed is left
out as well, and the page says so."""

COMPARE_EPILOG = """\
exit code: as of `boilerkill report`; 2 also if none of the tools is installed

examples:
  boilerkill compare page.html -o tools.html
  boilerkill compare pages -o both.html --with trafilatura
  boilerkill compare pages -o three.html --with trafilatura,justext --sample 20

`pip install 'boilerkill[compare]'` brings the tools."""
