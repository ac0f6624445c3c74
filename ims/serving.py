"""gunicorn's configuration: `gunicorn -c python:ims.serving ims.wsgi`."""

from ims import env

bind = env.text("IMS_BIND", "127.0.0.1:8000")
workers = int(env.text("IMS_WORKERS", "2"))
threads = 4
worker_class = "gthread"
preload_app = False  # database connections are not shared between processes
max_requests = 5000
max_requests_jitter = 500
timeout = 60
graceful_timeout = 30  # a request that is running is finished
keepalive = 5
control_socket_disable = True  # on by default
accesslog = "-" if env.text("IMS_ACCESS_LOG", "1") == "1" else None
# No query string and no referer: either could hold what somebody typed.
access_log_format = "%(t)s %(m)s %(U)s %(s)s %(B)s %(M)sms"
