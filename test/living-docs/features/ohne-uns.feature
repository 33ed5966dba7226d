# language: de
Funktionalität: Ohne unsere Sätze

  Szenario: Etwas anderes
    Angenommen it fails
