# One image for all three processes; the compose file says which one each container is.
FROM python:3.12-slim
WORKDIR /throughline
COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock && useradd --create-home throughline
COPY config config
COPY integration integration
COPY web web
COPY workers workers
USER throughline
ENV PYTHONPATH=/throughline PYTHONUNBUFFERED=1
ENTRYPOINT ["python", "-m", "web.commands"]
