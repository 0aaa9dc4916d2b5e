# The gateway as an image: runtime packages from the hashed lock, no compiler, no Node, no root.
FROM python:3.11-slim
WORKDIR /app
COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock
COPY worker worker
COPY gateway gateway
COPY schema schema
COPY resolvers resolvers
COPY connectors connectors
COPY store store
COPY domain domain
COPY operations operations
COPY simulators simulators
COPY local local
RUN mkdir .data && chown nobody .data
USER nobody
EXPOSE 8000
CMD ["python", "-m", "gateway"]
