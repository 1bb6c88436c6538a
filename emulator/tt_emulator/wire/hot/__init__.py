"""Game calls answered on the connection itself; without this folder Flask answers them, too."""
