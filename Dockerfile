# The emulator in a container: docs/containers.md
ARG PYTHON_IMAGE=python:3.13-slim

FROM ${PYTHON_IMAGE} AS build
ARG PIP_INDEX_URL
WORKDIR /src
COPY . .
RUN python -m venv --without-pip /opt/tt-emulator \
    && pip --python /opt/tt-emulator/bin/python install --no-cache-dir ".[team]"

FROM ${PYTHON_IMAGE}
COPY --from=build /opt/tt-emulator /opt/tt-emulator
RUN install --directory --owner=1000 --group=1000 /data
ENV PATH=/opt/tt-emulator/bin:$PATH TT_EMULATOR_HOST=0.0.0.0
USER 1000:1000
# where the verbs of `docker exec` find ./.tt-emulator, and in it the address and the token
WORKDIR /data
VOLUME /data
EXPOSE 8717
HEALTHCHECK --interval=5s --start-period=60s CMD ["tt-emulator", "healthcheck"]
ENTRYPOINT ["tt-emulator"]
CMD ["start"]
