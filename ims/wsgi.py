"""What gunicorn serves."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ims.settings")
os.environ.setdefault("IMS_PROCESS", "web")  # a request may not hold a statement for longer than 15 seconds

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
