"""Where pages say who wrote them and when: data."""

from __future__ import annotations

__all__ = [
    "ARTICLES",
    "CLASSES",
    "DATE_SOURCES",
    "FAMILIES",
    "HONORIFICS",
    "METAS",
    "NOBODY",
    "POSTS",
    "SELECTORS",
    "SHOPS",
    "TITLE_WEIGHTS",
    "UPDATE_SOURCES",
]

# What is told by a meta element of each name or property.
METAS = {
    "author": "authors",
    "authors": "authors",
    "article:author": "authors",
    "article:author_name": "authors",
    "og:author": "authors",
    "og:article:author": "authors",
    "book:author": "authors",
    "byl": "authors",
    "byline": "authors",
    "creator": "authors",
    "citation_author": "authors",
    "dc.creator": "authors",
    "dc:creator": "authors",
    "dc.creator.aut": "authors",
    "dcterms.creator": "authors",
    "parsely-author": "authors",
    "sailthru.author": "authors",
    "cxenseparse:author": "authors",
    "rbauthors": "authors",
    "shareaholic:article_author_name": "authors",
    "itemprop:author": "authors",
    "article:published_time": "published",
    "og:published_time": "published",
    "og:article:published_time": "published",
    "article:published": "published",
    "publish_date": "published",
    "publish-date": "published",
    "published_time": "published",
    "pubdate": "published",
    "publishdate": "published",
    "publicationdate": "published",
    "date": "published",
    "dc.date": "published",
    "dc.date.issued": "published",
    "dcterms.date": "published",
    "dcterms.created": "published",
    "dcterms.issued": "published",
    "parsely-pub-date": "published",
    "sailthru.date": "published",
    "cxenseparse:recs:publishtime": "published",
    "citation_publication_date": "published",
    "citation_date": "published",
    "itemprop:datepublished": "published",
    "itemprop:datecreated": "published",
    "article:modified_time": "updated",
    "og:updated_time": "updated",
    "article:modified": "updated",
    "last-modified": "updated",
    "lastmod": "updated",
    "dcterms.modified": "updated",
    "dc.date.modified": "updated",
    "itemprop:datemodified": "updated",
    "og:title": "titles",
    "twitter:title": "titles",
    "title": "titles",
    "headline": "titles",
    "dc.title": "titles",
    "dcterms.title": "titles",
    "citation_title": "titles",
    "parsely-title": "titles",
    "sailthru.title": "titles",
    "itemprop:headline": "titles",
    "og:site_name": "sites",
    "application-name": "sites",
    "apple-mobile-web-app-title": "sites",
    "twitter:site": "sites",
    "article:publisher": "sites",
    "publisher": "sites",
    "dc.publisher": "sites",
    "copyright": "sites",
    "og:type": "types",
}

# The elements that may name an author or a date, and the headings between them.
SELECTORS = (
    "h1",
    "time",
    "[author]:not(meta)",
    '[class*="date" i]',
    '[itemprop*="author" i]',
    '[itemprop^="date" i]',
    '[property*="author" i]:not(meta)',
    '[rel~="author" i]',
    '[class*="author" i]',
    '[class*="byline" i]',
    '[class*="by-line" i]',
    '[class*="writer" i]',
    '[class*="autor" i]',
    '[class*="username" i]',
    '[class*="fn" i]',
    '[class*="poster" i]',
    '[class*="creator" i]',
    '[class*="contributor" i]',
    '[class*="posted" i]',
    '[id*="author" i]',
    '[id*="byline" i]',
    'a[href*="/author" i]',
    'a[href*="/autor" i]',
    'a[href*="/profile" i]',
    'a[href*="/people/" i]',
    'a[href*="/user" i]',
    'a[href*="/member" i]',
    'a[href*="/contributor" i]',
    'a[href*="/by/" i]',
    'a[href*="/staff/" i]',
    'a[href*="/team/" i]',
    'a[href*="/u/" i]',
)

# Words of classes and ids.
CLASSES = {
    "author": frozenset(
        (
            "author",
            "authors",
            "autor",
            "auteur",
            "autore",
            "writer",
            "writers",
            "username",
            "creator",
        )
    ),
    "byline": frozenset(
        ("byline", "bylines", "by", "posted", "meta", "contributor", "contributors", "fn", "poster")
    ),
    "date": frozenset(("date", "dates", "datetime", "postdate", "pubdate", "dateline")),
    "updated": frozenset(("updated", "modified", "update", "lastmod")),
    "comment": frozenset(("comment", "comments", "commentlist", "<nav>", "menu", "navbar")),
    # Other people's: what they say of it, and other stories.
    "others": frozenset(
        (
            "replies", "related", "recommended", "popular", "trending", "teaser", "teasers",
            "carousel", "testimonial", "testimonials", "review", "reviews", "similar", "more",
            "<blockquote>", "<figcaption>", "caption",
        )
    ),
    # Beside the article: a box about its author, or anything else.
    "elsewhere": frozenset(("reply", "sidebar", "<aside>", "<footer>")),
}  # fmt: skip

# What may stand before a name, in canonical form.
HONORIFICS = frozenset(
    (
        "dr",
        "prof",
        "professor",
        "mr",
        "mrs",
        "ms",
        "sir",
        "dame",
        "ing",
        "mag",
        "med",
        "herr",
        "frau",
    )
)

# Words for whoever it was, in canonical form.
NOBODY = frozenset(
    (
        "admin", "administrator", "author", "autor", "auteur", "autore", "editor", "editorial",
        "staff", "guest", "guest author", "guest post", "guest writer", "contributor", "user",
        "webmaster", "anonymous", "unknown", "none", "null", "undefined", "n a", "na", "root",
        "site admin", "site administrator", "website", "web team", "by", "wordpress", "test",
        "redaktion", "redaktor", "redactie", "redazione", "redacción", "rédaction", "la rédaction",
        "staff writer", "staff reporter", "staff report", "newsroom",
        "log in", "sign in", "sign up", "login", "register", "follow", "profile", "default",
    )
)  # fmt: skip

# Sources that say the same are one: which meta element it is depends on the site's software alone.
FAMILIES = {
    **{
        f"meta.{name}": "meta.author"
        for name, what in METAS.items()
        if what == "authors" and name not in ("article:author", "itemprop:author", "author")
    },
    # For catalogues: the people who wrote it, and nobody else.
    "meta.citation_author": "jsonld.news.person",
    "jsonld.other.person": "jsonld.page.person",
    "jsonld.other.organization": "jsonld.page.organization",
    "jsonld.other.text": "jsonld.page.text",
}

# What a page says that it is, by the ends of its types' names.
ARTICLES = ("article", "blogposting", "report", "opinion", "analysis")
POSTS = ("forumposting", "socialmediaposting", "question", "qapage")
SHOPS = ("product", "productgroup", "offer", "itemlist", "collectionpage", "searchresultspage")

# What the voice of each source counts for in the choice of a title.
TITLE_WEIGHTS = {
    "h1": 3.5,
    "jsonld.news": 2.2,
    "jsonld.article": 1.5,
    "jsonld.post": 1.5,
    "jsonld.page": 0.8,
    "meta.og:title": 1.4,
    "title": 1.4,
    "meta.twitter:title": 0.6,
    "h1.later": 0.9,
    "other": 0.5,
}

# Where the date of publication is looked for, the most trustworthy first; "shown" is what a reader
# sees in a byline. Dates in comments and beside other stories are not the page's.
DATE_SOURCES = (
    "jsonld.post",
    "jsonld.news",
    "meta.article:published_time",
    "meta.itemprop:datepublished",
    "itemprop.before",
    "itemprop.behind",
    "jsonld.article",
    "jsonld.page",
    *(
        f"meta.{name}"
        for name, what in METAS.items()
        if what == "published" and name not in ("article:published_time", "itemprop:datepublished")
    ),
    "itemprop.head",
    "time.before",
    "time.behind",
    "shown",
    "time.head",
    "date.before",
    "date.behind",
    "jsonld.other",
)

# And where the date of the last change is.
UPDATE_SOURCES = (
    "jsonld.news",
    "jsonld.article",
    "meta.article:modified_time",
    "jsonld.page",
    "meta.itemprop:datemodified",
    "meta.og:updated_time",
    *(
        f"meta.{name}"
        for name, what in METAS.items()
        if what == "updated"
        and name not in ("article:modified_time", "itemprop:datemodified", "og:updated_time")
    ),
    "shown",
    "time.before",
    "time.behind",
    "time.head",
)
