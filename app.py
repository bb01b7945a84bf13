"""The router: page set-up, language, menu. `streamlit run app.py` starts here.

Nothing heavy is imported here, so that the menu stands before the first page has loaded its libraries.
"""

from __future__ import annotations

import streamlit as st

from ui import menu, sidebar
from ui.language import chosen_language
from words import speak

st.set_page_config(page_title="Puntual", page_icon=str(sidebar.ICON), layout="wide")
st.logo(str(sidebar.LOGO), size="large")

w = speak(chosen_language(), st.context.locale)
menu.routed(through_app=True)
page = st.navigation(menu.menu(w), expanded=True)
st.set_page_config(page_title=f"{page.title} · {w('app.name')}")

sidebar.show(w)
page.run()
