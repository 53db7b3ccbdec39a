"""What is known of tags, and of the words in classes and ids: data for the reading of HTML."""

from __future__ import annotations

import functools
import re

__all__ = [
    "BLOCKS",
    "HEADINGS",
    "HIDDEN",
    "OPENED",
    "OPENED_ROLES",
    "RAW",
    "SCRIPTLESS",
    "TAGS",
    "UNOPENED",
    "VOID",
    "WORDS",
    "bit_of",
    "tag_bit",
    "tag_code",
    "word_mask",
]

# Elements that hold no text to read, or none that a reader sees.
HIDDEN = frozenset(
    [
        "audio",
        "canvas",
        "datalist",
        "embed",
        "head",
        "iframe",
        "input",
        "map",
        "math",
        "meta",
        "noembed",
        "noframes",
        "noscript",
        "object",
        "option",
        "param",
        "progress",
        "rp",
        "rt",
        "script",
        "select",
        "source",
        "style",
        "svg",
        "textarea",
        "track",
        "video",
    ]
)

# Of these, those that hold text for want of a script; a `template` holds it for one.
SCRIPTLESS = frozenset(("noscript",))

# Elements without content, which have no end.
VOID = frozenset(
    [
        "area",
        "base",
        "basefont",
        "bgsound",
        "br",
        "col",
        "embed",
        "frame",
        "hr",
        "img",
        "input",
        "keygen",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)

# Elements whose text has no markup to the parser, up to their end tag.
RAW = frozenset(("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"))

# Elements that begin and end a block of text.
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "button",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "frameset",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "optgroup",
        "p",
        "pre",
        "search",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))

# Tags that say something of the text in them, each a number and a bit.
TAGS = [
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "td",
    "th",
    "div",
    "span",
    "a",
    "pre",
    "code",
    "blockquote",
    "figcaption",
    "figure",
    "caption",
    "dt",
    "dd",
    "button",
    "label",
    "section",
    "article",
    "main",
    "header",
    "footer",
    "nav",
    "aside",
    "form",
    "table",
    "ul",
    "ol",
    "dl",
    "details",
    "summary",
    "address",
    "time",
]

# Words in classes and ids (as whole words, after splitting at signs and capitals), each a bit
# behind those of the tags; words of the same meaning share one.
WORDS = (
    "content contents contenido contenu inhalt contenuto conteudo inhoud",
    "article articles artikel articulo articolo artigo artikkel artykul clanek cikk",
    "post posts posting beitrag entrada", "entry entries",
    "body bodytext cuerpo corps corpo", "text txt texto texte testo copy richtext prose wysiwyg",
    "story stories noticia noticias nota haber news berita", "main primary", "page",
    "comment comments kommentar kommentare kommentarer commentaire commentaires comentario "
    "comentarios commenti komentar komentarze yorum yorumlar reactie reacties disqus commentlist "
    "commentlinks commentmetadata usercomments leserkommentare leserbrief leserbriefe komentari "
    "komentare comentarii hozzaszolasok",
    "reply respond replies", "sidebar side rail lateral",
    "footer foot bottom fuss pie", "header head top masthead kopf", "nav navigation navbar navi",
    "menu submenu dropdown", "share sharing shared addtoany teilen compartir partager condividi",
    "social socials follow",
    "related similar verwandt relacionadas relacionados relacionada correlati terkait ilgili",
    "recommended recommend recommendations recirc recirculation empfehlungen recomendados",
    "more also weitere mehr leia baca", "popular trending most meistgelesen populer",
    "latest recent newest neueste ultimas", "promo promotion promoted",
    "ad ads advert advertisement sponsored sponsor dfp werbung anzeige publicidad publicidade "
    "publicite pubblicita reklama reklam iklan", "widget widgets module",
    "author authors bio contributor autor autores auteur autore yazar penulis",
    "byline by", "meta metadata info data", "date time published datum fecha tarih",
    "tag tags topics keywords etiquetas schlagworte",
    "category categories cat kategorie categoria",
    "caption credit credits bildunterschrift legende",
    "image img photo picture gallery media figure bild foto imagen galerie galeria",
    "cookie cookies consent gdpr ccpa",
    "newsletter signup subscribe subscription mailing optin", "breadcrumb breadcrumbs crumb",
    "card cards tile tiles", "teaser teasers preview excerpt", "list listing items liste lista",
    "item", "grid row col column columns", "search suche buscar recherche",
    "login account register user",
    "modal popup overlay lightbox banner", "button btn cta", "link links",
    "title headline titel titre titulo titolo",
    "subtitle subhead deck lead lede intro standfirst summary abstract vorspann chapo sumario",
    "description desc",
    "product products price shop cart produkt produit producto", "review reviews rating ratings",
    "question answer answers", "forum thread topic message messages",
    "quote blockquote pullquote", "table toc contentstable",
    "pagination pager paging next prev previous", "copyright legal disclaimer terms",
    "hidden hide sr screenreader visually", "print noprint", "paywall premium locked",
    "section block container wrapper", "hero", "video player audio podcast", "feature features",
    "faq accordion accordions tab tabs tabpanel tabcontent pane collapse collapsible expander "
    "toggle", "code highlight", "note notes footnote footnotes references",
    "toolbar tools actions action", "logo brand site", "country language lang",
)  # fmt: skip

_tags = {tag: number for number, tag in enumerate(TAGS)}
_words = {
    word: 1 << (len(TAGS) + number) for number, words in enumerate(WORDS) for word in words.split()
}
# A word as it is split from a class: in small letters, with a capital first, or all in capitals.
_spelled = {
    spelling: bit
    for word, bit in _words.items()
    for spelling in (word, word.capitalize(), word.upper())
}
_known = frozenset(_spelled)
_SPLIT = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def tag_code(tag: str) -> int:
    """Return the number of a tag, -1 for one that says nothing."""
    return _tags.get(tag, -1)


def tag_bit(tag: str) -> int:
    """Return the bit of a tag, 0 for one that says nothing."""
    number = _tags.get(tag)
    return 0 if number is None else 1 << number


def bit_of(name: str) -> int:
    """Return the bit of a tag, or of a word in classes and ids.

    Raises:
        KeyError: If it is neither.
    """
    return tag_bit(name) or _words[name]


# What is hidden until a reader opens it are tabs and folds: these are told by their role, or by a
# word in their class. In some elements, what opens is a menu.
OPENED_ROLES = frozenset(("region", "tabpanel"))
OPENED = bit_of("accordion") | bit_of("answer")
UNOPENED = bit_of("nav") | bit_of("header") | bit_of("footer") | bit_of("aside")


@functools.lru_cache(maxsize=4096)
def word_mask(names: str) -> int:
    """Return the bits of the words in a class or an id.

    >>> word_mask("postContent") == word_mask("post") | word_mask("content")
    True
    """
    mask = 0
    for name in names[:MAX_NAMES].split():
        mask |= _name_mask(name)
    return mask


# Pages of a site have most names in common, and few combinations of them.
@functools.lru_cache(maxsize=16384)
def _name_mask(name: str) -> int:
    mask = 0
    for word in _known.intersection(_SPLIT.findall(name)):
        mask |= _spelled[word]
    return mask


# Longer classes say no more.
MAX_NAMES = 200
