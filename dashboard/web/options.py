"""Every Streamlit option that keeps requests inside the machine, and the theme.

Set in the process itself: no file in the user's home or in the working folder changes how the atlas runs.
"""

from collections.abc import Mapping

from streamlit import config

from dashboard.web.address import Address

FONT = '"Noto Sans JP", "Noto Sans CJK JP", "Hiragino Sans", "Yu Gothic UI", Meiryo, IPAexGothic, sans-serif'
UPLOAD_MB = 10
"""A list to check, read in memory and dropped; anything larger is checked with the command."""

INSIDE: Mapping[str, object] = {
    "browser.gatherUsageStats": False,  # else the page loads a metrics address of Streamlit's makers
    "client.allowedOrigins": [],  # else pages of Streamlit's cloud may talk to the app
    "client.showErrorDetails": "none",  # paths and code stay in the console
    "client.showErrorLinks": False,  # else an error offers links to a search engine and a chat
    "client.toolbarMode": "minimal",  # no "Deploy"
    "global.developmentMode": False,
    "logger.level": "warning",
    "secrets.files": [],
    "server.enableAgentApi": False,
    "server.enableStaticServing": False,  # our own route serves files with lasting Cache-Control
    "server.fileWatcherType": "none",
    "server.headless": True,
    "server.maxUploadSize": UPLOAD_MB,
    "server.runOnSave": False,
    "server.showEmailPrompt": False,
}

# The Digital Agency's dashboard guidebook: page, card, text, link and divider; the dark pair keeps 4.5:1 for text.
LIGHT: Mapping[str, object] = {
    "primaryColor": "#0017c1",
    "backgroundColor": "#ffffff",
    "secondaryBackgroundColor": "#f1f1f4",
    "textColor": "#1a1a1a",
    "linkColor": "#0017c1",
    "borderColor": "#949494",
}
DARK: Mapping[str, object] = {
    "primaryColor": "#9db7f9",
    "backgroundColor": "#17171a",
    "secondaryBackgroundColor": "#2c2c30",
    "textColor": "#f2f2f2",
    "linkColor": "#9db7f9",
    "borderColor": "#767676",
}
THEME: Mapping[str, object] = {
    "theme.font": FONT,
    "theme.headingFont": FONT,
    "theme.baseRadius": "4px",
    "theme.showWidgetBorder": True,
    **{f"theme.light.{name}": value for name, value in LIGHT.items()},
    **{f"theme.dark.{name}": value for name, value in DARK.items()},
}


def streamlit_options(address: Address) -> dict[str, object]:
    """Return every option that is set for an app served on `address`."""
    return {
        **INSIDE,
        **THEME,
        "browser.serverAddress": address.shown_host,  # unset, Streamlit asks an outside host for this machine's address
        "browser.serverPort": address.port,
        "server.address": address.host,
        "server.allowedHosts": sorted(address.allowed_names),
        "server.port": address.port,
    }


def apply_options(address: Address) -> None:
    """Set the options for this process, as `streamlit run` would from its command line."""
    config.get_config_files = _no_files
    config.get_config_options(force_reparse=True, options_from_flags=streamlit_options(address))


def _no_files(file_name: str) -> list[str]:  # noqa: ARG001 - the signature is Streamlit's
    """Stand in for Streamlit's search of config and secrets files: there are none."""
    return []
