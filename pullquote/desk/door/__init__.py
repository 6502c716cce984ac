"""Before every page: ``gate`` refuses what is no honest request, ``doors`` know who it is."""
