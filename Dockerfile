# One image for the web process, the worker and the commands. PostgreSQL is elsewhere: DATABASE_URL says where.
# The worker is a second container of it: `python manage.py worker`, restarted whenever it ends.
FROM node:22-slim AS frontend
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --omit=dev

FROM python:3.11-slim
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 IMS_PRODUCTION=1
WORKDIR /app
COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock
COPY . .
COPY --from=frontend /build/node_modules node_modules
# The values below only let the files be collected; none of them is kept in the image's environment.
RUN python -m ims.core.frontend && rm -rf node_modules \
 && IMS_SECRET_KEY=build DATABASE_URL=postgresql://build@/build REPORTING_DATABASE_URL=postgresql://build@/build \
    IMS_HOSTS=build python manage.py collectstatic --noinput
RUN useradd --system --no-create-home ims
USER ims
EXPOSE 8000
CMD ["gunicorn", "-c", "python:ims.serving", "-b", "0.0.0.0:8000", "ims.wsgi"]
