from .showing import shown as shown
