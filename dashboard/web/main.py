"""The script that Streamlit runs for every visit.

It lies apart from `dashboard/pages`: beside that folder Streamlit would take each of our pages for a script of its own and
run it bare whenever an address like /map is the first to be opened.
"""

from dashboard.app import main

main()
