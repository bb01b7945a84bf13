"""Everything Puntual says, in Spanish and English; shared by the pages and the command line.

`speak(language, locale, currency)` gives the `Words` of one reader. The sentences stand in
`words/catalogue/<language>/<subject>.po`; the numbers, dates and money in them follow the reader's locale (Babel).
Nothing here knows Streamlit: whoever shows a sentence escapes what came from the owner's file.
"""

from words.speaker import LANGUAGES, Language, Words, language_of, speak

__all__ = ["LANGUAGES", "Language", "Words", "language_of", "speak"]
