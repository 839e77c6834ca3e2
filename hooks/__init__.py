"""From rules and estimator to the site. Only hooks/site.py knows MkDocs."""
