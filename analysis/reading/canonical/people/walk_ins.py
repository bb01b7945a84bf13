"""Sales to nobody in particular: what tills write where a client should stand."""

from __future__ import annotations

from analysis.reading.values.texts import plain
from analysis.reading.values.vocabulary import exactly

# fmt: off
_WALK_IN = exactly(
    "consumidor(es)? final(es)?", "(clientes? )?de paso", "pasante",
    "cliente (de )?(paso|vario|varios|generico|general|ocasional|contado|mostrador|final|anonimo|eventual|casual"
    "|particular|tienda|tpv|caja|sin (nombre|identificar|registrar|datos))",
    "cliente no (registrado|identificado)", "clientes? (varios|contado|contados|generic[oa]s?|mostrador)", "vari[oa]s",
    "mostrador", "venta (de )?mostrador", "ventas? (al|de) (publico|contado|mostrador|caja|dia|diari[ao])",
    "ventas? al publico( en general)?", "publico( en)? general", "publico", "contado", "venta contado", "particular",
    "sin (nombre|cliente|identificar|registrar|datos|asignar)", "no (cliente|identificado)", "anonim[oa]",
    "desconocid[oa]", "(cliente )?s n", "nn", "n n",
    "walk ?ins?( (client|customer|guest))?", "anonymous( (client|customer))?", "guest( (client|customer))?",
    "(cash|counter)( (sale|customer|client))?", "retail customer", "casual( (customer|client))?",
    "passing trade", "no (name|client|customer)", "unknown( (client|customer))?", "(default|generic) customer",
)
# fmt: on


def is_walk_in(text: str) -> bool:
    """Whether a client cell stands for nobody in particular.

    >>> is_walk_in("CONSUMIDOR FINAL"), is_walk_in("WALK_IN"), is_walk_in("Walter Inn")
    (True, True, False)
    """
    return bool(_WALK_IN.match(plain(text)))
