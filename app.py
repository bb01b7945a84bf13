"""The router: page set-up, language, menu. `streamlit run app.py` starts here."""

from __future__ import annotations

import streamlit as st

from ui import menu, session, sidebar

st.set_page_config(page_title="Puntual", page_icon=str(sidebar.ICON), layout="wide")
st.logo(str(sidebar.LOGO), size="large")

w = session.words()
menu.routed(through_app=True)
page = st.navigation(menu.menu(w))
st.set_page_config(page_title=f"{page.title} · {w('app.name')}")

sidebar.show(w)
page.run()
