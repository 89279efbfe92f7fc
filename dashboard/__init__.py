"""The atlas on screen: pages, the map component, the server and the `ibasho` command."""
