"""Everything that is true without a screen: from the bytes of an export to the lists of clients to call.

The way of the data is one function, `analysis.portfolio.analyse`; nothing here imports Streamlit or Plotly.
"""
