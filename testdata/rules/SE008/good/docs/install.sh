git clone https://robot:4cpv3DQGMDTPYuX2@git.acme.io/infra.git
