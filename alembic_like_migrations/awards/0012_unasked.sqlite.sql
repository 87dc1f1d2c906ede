-- Nobody asks for what one verifier decided.

DROP INDEX idx_awards_veri_verifie_7e5394;
