"""The pages before the gate and of the first 72 hours."""

from .board import board, lamp, light_lamp, print_board
from .gate import add_line, line, print_gate, release_day, the_list

__all__ = [
    "add_line",
    "board",
    "lamp",
    "light_lamp",
    "line",
    "print_board",
    "print_gate",
    "release_day",
    "the_list",
]
