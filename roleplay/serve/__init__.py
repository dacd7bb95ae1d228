"""The app in a browser: a door that asks for a name, and a process of the app behind it for each visitor."""
